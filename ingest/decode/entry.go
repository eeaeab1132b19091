package decode

import "sevenday"

// Entry decodes an entry record. See Decoder for what is returned and who owns it.
func (d *Decoder) Entry(payload []byte, kafkaTime sevenday.Millis, into *sevenday.Entry) (unknown int, refusal *Refusal) {
	r := d.scan(payload, sevenday.KindEntry, entryFields)
	*into = sevenday.Entry{Header: d.header(r, kafkaTime, 0)}
	if !into.Deleted && r.refusal == nil {
		d.entryBody(r, into)
	}
	if r.refusal != nil {
		*into = sevenday.Entry{Header: identityOf(&into.Header)}
		return r.unknown, r.refusal
	}
	into.ContentHash = d.content.entry(into)
	return r.unknown, nil
}

// identityOf keeps of a refused record what tells whose it was.
func identityOf(h *sevenday.Header) sevenday.Header {
	return sevenday.Header{EventID: h.EventID, MerchantID: h.MerchantID}
}

func (d *Decoder) entryBody(r *record, e *sevenday.Entry) {
	r.needPerson(&e.Header)
	e.Action = choice(r, fieldAction, sevenday.ParseAction, sevenday.ActionNames, sevenday.ActionVisit)
	e.Portal = choice(r, fieldPortal, sevenday.ParsePortal, sevenday.PortalNames, sevenday.PortalNone)
	e.Scene = r.label(fieldScene, maxLabel)
	e.Terminal = choice(r, fieldTerminal, sevenday.ParseTerminal, sevenday.TerminalNames, sevenday.TerminalAlipay)
	e.SessionID = r.label(fieldSessionID, maxLabel)
	e.CampaignID = r.label(fieldCampaignID, maxID)
	e.CouponID = r.label(fieldCouponID, maxID)
	if r.refusal == nil {
		d.settlePortal(r, e)
	}
}

// settlePortal compares the portal with the scene, or takes it from there.
func (d *Decoder) settlePortal(r *record, e *sevenday.Entry) {
	visit := e.Action == sevenday.ActionVisit
	if e.Scene == "" {
		if visit && e.Portal == sevenday.PortalNone {
			r.refuse(fieldPortal, MissingField, "Send portal, scene or both; every visit needs one.")
		}
		return
	}
	mapped, known := d.config.Scenes.Portal(e.Scene, e.Terminal, e.EventTime)
	switch {
	case e.Portal == sevenday.PortalNone && known:
		e.Portal, e.PortalFromScene = mapped, true
	case e.Portal == sevenday.PortalNone && visit && d.config.StrictScenes:
		r.refuse(fieldScene, UnknownScene, "Add the scene code to the scene table, or send the portal as well.")
	case e.Portal == sevenday.PortalNone:
		e.Portal, e.PortalFromScene = sevenday.PortalOther, true
	case visit && known && mapped != e.Portal:
		r.refuse(fieldPortal, SceneDisagrees, "Send the portal %s, which the scene table gives for this scene, or correct the table.", mapped)
	}
}

// entry hashes what the record said: a portal that was mapped from the scene
// did not stand in it, and changes with the scene table.
func (c *content) entry(e *sevenday.Entry) uint64 {
	c.begin(sevenday.KindEntry)
	c.header(&e.Header)
	c.number(fieldAction, uint64(e.Action))
	if !e.PortalFromScene {
		c.number(fieldPortal, uint64(e.Portal))
	}
	c.text(fieldScene, e.Scene)
	c.number(fieldTerminal, uint64(e.Terminal))
	c.text(fieldSessionID, e.SessionID)
	c.text(fieldCampaignID, e.CampaignID)
	c.text(fieldCouponID, e.CouponID)
	return c.sum()
}
