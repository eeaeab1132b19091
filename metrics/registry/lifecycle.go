package registry

import "sevenday/metrics/lifecycle"

// lifecycles are the figures of the closed loop from the first visit to the return.
var lifecycles = []Definition{
	{
		Name: "lifecycle", Aliases: []string{"new_users", "returning", "resurrected", "dormant", "closed_loop"}, Query: "lifecycle",
		Unit: Count, Direction: Neutral, Version: 1,
		Columns: columnsOf[lifecycle.Row](),
		English: Text{
			Title:       "Lifecycle, the closed loop",
			Question:    "How many users are new, returning, resurrected and dormant each week, who went from which state to which, and through which portal did they come back?",
			Grain:       "merchant (or industry, or platform) x week x state of the week before x state of the week",
			Numerator:   "users: merchant-user pairs that went from state from to state to; without a from, all that are in state to. share: users / users who were in from the week before.",
			Denominator: "share: users in state from the week before. It is null for users from outside and where nobody was in the state.",
			Window:      "Weeks from Monday to Sunday, merchant's time. new: the first active week. returning: active, after at most 3 idle weeks. resurrected: active, after 4 idle weeks or more. dormant: was active in an earlier week and is not in this one. Active by at least one entry of action visit or, in the variant paying, at least one payment.",
			States:      "Final when the week's Sunday is closed for all merchants of the scope. A week that has begun for one of them counts all. The rows without a week add up the final weeks of the range (user-weeks).",
			Notes: []string{
				"Flows balance in every week and for every scope: whoever came to a state is in it, and whoever was in a state has left it or stayed.",
				"outside is where users come from before their first active week. A user who registered on a day before anything else was seen of them was there before the history was: never new, but returning or resurrected by the weeks since the register.",
				"A member who never came is in no state; registered users are counted by sales.",
				"By portal: that of the first visit entry on the week's first active day. Dormant users came through none. A payment on a day without a visit has none either.",
				"history_days tells how much of the merchant's history lies before the week. Under 28 days regulars may look new, and nobody can be resurrected yet.",
				"Records without a user are in no state.",
			},
		},
		Chinese: Text{
			Title:       "生命周期与闭环",
			Question:    "每周有多少新客、回访、唤回和沉睡用户？他们从哪个状态转到哪个状态？从哪个入口回来？",
			Grain:       "商家（或行业、平台）x 周 x 上周状态 x 本周状态",
			Numerator:   "users：从状态 from 转到状态 to 的商家-用户对；没有 from 的行为处于状态 to 的全部用户。share：users / 上周处于 from 的用户。",
			Denominator: "share：上周处于 from 的用户。来自 outside 的用户，以及上周无人处于该状态时为空。",
			Window:      "周从周一到周日，按商家时区。new：首个活跃周。returning：间隔不超过 3 个未活跃周后再次活跃。resurrected：间隔 4 个及以上未活跃周后再次活跃。dormant：以前某周活跃、本周未活跃。至少一次 visit 进入即为活跃；paying 口径为至少一笔支付。",
			States:      "范围内所有商家当周周日都关闭后为已完成。只要有一个商家的当周已开始，就计入全部商家。没有周的行合计范围内已完成的各周（人周）。",
			Notes: []string{
				"每周、每个范围的流转都平衡：转入某状态的人都在其中，上周处于某状态的人要么转出、要么留下。",
				"outside 表示首个活跃周之前。在任何其他记录之前的某日已注册的用户在历史开始之前就已存在：从不算 new，而按注册以来的周数计为 returning 或 resurrected。",
				"从未来过的会员不在任何状态中；注册用户数见销售与客群。",
				"按入口拆分时，取当周首个活跃日的首次访问入口。沉睡用户没有入口；没有访问的支付日也没有。",
				"history_days 表示该周之前的商家历史天数。不足 28 天时老客可能被当作新客，也还不可能有人被唤回。",
				"没有用户标识的记录不处于任何状态。",
			},
		},
	},
}
