package index

// Forget makes the index forget what it needs no more, however little that is.
func (x *Index) Forget() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.linker.taken = retainAfter
	x.linker.tidy()
}

// Held is how much source the index has read, in bytes, and not forgotten.
func (x *Index) Held() int64 {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.linker.program.Size()
}
