package uplift

// WaldAnyway makes the joint test however many cells there are, as did does.
func (gt *GroupTime) WaldAnyway() (WaldTest, bool) { return gt.wald(gt.leadCells()) }
