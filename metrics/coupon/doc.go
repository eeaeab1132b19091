// Package coupon follows coupons through their states: how many were issued,
// claimed, given away, redeemed and returned, what became of the others, what
// they cost and sold, and what gifts brought.
//
//	issued -> claimed -> (gifted -> received ->) redeemed -> (returned ->) ...
//	     any open coupon -> expired (told, or derived from valid_until) | voided
//
// A coupon is followed in each person's hands on its own. What a record changes
// is stored on the record's own day, with the day on which the coupon was first
// seen beside it; a cohort of coupons is put together when it is read. So
// nothing has to be made again but the days on which something happened.
package coupon
