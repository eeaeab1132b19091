package coupon

// cells are the sums of one merchant by key. Their memory is kept from merchant
// to merchant.
type cells[K comparable, V any] struct {
	places map[K]int
	keys   []K
	values []V
}

func newCells[K comparable, V any]() cells[K, V] { return cells[K, V]{places: make(map[K]int)} }

// at returns the sums of a key, zero at first. They are valid until the next call.
func (c *cells[K, V]) at(key K) *V {
	place, found := c.places[key]
	if !found {
		place = len(c.values)
		c.places[key] = place
		var zero V
		c.keys, c.values = append(c.keys, key), append(c.values, zero)
	}
	return &c.values[place]
}

// drain hands each key with its sums over and starts afresh.
func (c *cells[K, V]) drain(row func(K, *V)) {
	for i, key := range c.keys {
		row(key, &c.values[i])
	}
	clear(c.places)
	clear(c.keys) // lets go of the strings
	c.keys, c.values = c.keys[:0], c.values[:0]
}
