package registry

// notions are the words that the figures are explained with.
var notions = []Definition{
	{
		Name: "day", Unit: None, Direction: Neutral, Version: 1,
		English: Text{
			Title:    "Day",
			Question: "Which day does an event belong to?",
			Grain:    "a merchant's calendar day",
			Window:   "From midnight to midnight in the merchant's time zone (Asia/Shanghai where the merchant names none). Weeks start on Monday. Ranges of days are half-open: the first day is in, the last one is not.",
			Notes: []string{
				"Figures over merchants of several time zones put each merchant's own day together.",
			},
		},
		Chinese: Text{
			Title:    "日",
			Question: "一条事件算在哪一天？",
			Grain:    "商家的自然日",
			Window:   "按商家所在时区的零点到零点（未填写时区的商家按 Asia/Shanghai）。周从周一开始。日期范围含首日、不含末日。",
			Notes:    []string{"跨时区商家的汇总，按各商家自己的日期相加。"},
		},
	},
	{
		Name: "states", Aliases: []string{"state", "final", "open", "not_due", "watermark"}, Unit: None, Direction: Neutral, Version: 1,
		English: Text{
			Title:    "States of a cell, and the watermark",
			Question: "Can this number still change because its time is not over?",
			Window:   "The watermark is the event time before which days count as complete. It is the newest event stored (or now, while that event is under 24 hours old) less the allowed lateness of 2 hours, and no later than the newest event of any Kafka partition that ingest is behind on. It never goes back.",
			States:   "not_due: the first day the cell needs has not begun, so there is no number. open: it can still change, and is left out of every aggregate. final: the watermark has passed the end of the last day it needs, in the merchant's time zone.",
			Notes: []string{
				"Zero means zero: a cell without a number has the state not_due, never the number 0.",
				"A late event still counts. It brings a new revision of the figures it touches, with its cause in the ledger of publications.",
			},
		},
		Chinese: Text{
			Title:    "单元格状态与水位线",
			Question: "这个数字会不会因为时间未到而继续变化？",
			Window:   "水位线之前的日期视为完整。水位线 = 已入库的最新事件时间（该事件距今不足 24 小时时取当前时间）减去允许延迟 2 小时，且不晚于任何仍有积压的 Kafka 分区的最新事件。水位线只进不退。",
			States:   "not_due（未到期）：所需的第一天尚未开始，没有数字。open（未完成）：仍会变化，不进入任何汇总。final（已完成）：水位线已越过所需最后一天在商家时区的结束时刻。",
			Notes: []string{
				"零就是零：没有数字的单元格状态为 not_due，绝不写成 0。",
				"迟到的事件仍会计入：相关数字会发布新的修订，并在发布台账中注明原因。",
			},
		},
	},
	{
		Name: "visits", Aliases: []string{"visit"}, Unit: Count, Direction: Up, Version: 1,
		English: Text{
			Title:    "Visits",
			Question: "How often did users come?",
			Grain:    "one person at one merchant",
			Window:   "A visit is a run of a person's entries with action visit. A new one begins where the session id differs from the entry before or, where either has none, after a pause of more than 30 minutes (exactly 30:00 is the same visit). A session that comes back after another is a new visit, and so is one that was silent for a week.",
			Notes: []string{
				"The visit's portal, terminal, store and day are those of its first entry.",
				"Records without a person, or without consent, are in no visit.",
			},
		},
		Chinese: Text{
			Title:    "访问",
			Question: "用户来了多少次？",
			Grain:    "一名用户在一个商家",
			Window:   "访问由用户连续的 visit 进入事件组成。会话编号与前一条不同即为新访问；任一方没有会话编号时，间隔超过 30 分钟为新访问（恰好 30:00 仍算同一次）。被其他会话隔开后再出现的会话，以及静默一周后的会话，也是新访问。",
			Notes: []string{
				"访问的流量入口、终端、门店和日期取其第一条进入事件。",
				"没有用户标识或未授权的记录不计入任何访问。",
			},
		},
	},
}
