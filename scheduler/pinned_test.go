package scheduler

// The tables of hashes and digests that must never move.

var pinnedHashes = []struct {
	seed uint64
	key  Key
	want uint64
}{
	{0x0, MakeKey(0, 0, 0, 0, 0), 0x48218226ff3cd4bf},
	{0x0, MakeKey(1, 0, 2, 3, 1), 0x3bd8376c2d4a64c3},
	{0x0, MakeKey(1, 0, 2, 3, 2), 0xb2ef9ac45be3cf63},
	{0x0, MakeKey(63, 63, 16383, 16383, 16777215), 0xf85d28512d081c40},
	{0x1, MakeKey(0, 0, 0, 0, 0), 0xdce423fc82c0d5b8},
	{0x1, MakeKey(1, 0, 2, 3, 1), 0xdb45f49906bfdb52},
	{0x1, MakeKey(1, 0, 2, 3, 2), 0x8d18cbd626d80a65},
	{0x1, MakeKey(63, 63, 16383, 16383, 16777215), 0x1f930cedaaba640e},
	{0x2, MakeKey(0, 0, 0, 0, 0), 0xe60bbbf6ca094f3c},
	{0x2, MakeKey(1, 0, 2, 3, 1), 0x1d1368076a0262ac},
	{0x2, MakeKey(1, 0, 2, 3, 2), 0x875b19c7f16a1c30},
	{0x2, MakeKey(63, 63, 16383, 16383, 16777215), 0xac146f7cc9dcc28c},
	{0x7, MakeKey(0, 0, 0, 0, 0), 0x74b5abcc66b8bdc1},
	{0x7, MakeKey(1, 0, 2, 3, 1), 0x0098e901ecf2add8},
	{0x7, MakeKey(1, 0, 2, 3, 2), 0xd65077a53c23187e},
	{0x7, MakeKey(63, 63, 16383, 16383, 16777215), 0xdbbdbe0d64944228},
	{0x8000000000000000, MakeKey(0, 0, 0, 0, 0), 0x9e6265a28e5c1035},
	{0x8000000000000000, MakeKey(1, 0, 2, 3, 1), 0x019d13ce79cafcb3},
	{0x8000000000000000, MakeKey(1, 0, 2, 3, 2), 0xd74463bb589565cc},
	{0x8000000000000000, MakeKey(63, 63, 16383, 16383, 16777215), 0x90514c0ecd09b963},
	{0xffffffffffffffff, MakeKey(0, 0, 0, 0, 0), 0x445018e305810b78},
	{0xffffffffffffffff, MakeKey(1, 0, 2, 3, 1), 0x0920ba7e54caec7c},
	{0xffffffffffffffff, MakeKey(1, 0, 2, 3, 2), 0x46cbf318825fa62b},
	{0xffffffffffffffff, MakeKey(63, 63, 16383, 16383, 16777215), 0x2dfe1aa565b7ff81},
}

var pinnedDigests = []struct {
	words []uint64
	want  uint64
}{
	{[]uint64{}, 0x0000000000000000},
	{[]uint64{0x0}, 0x0000000000000000},
	{[]uint64{0x1}, 0xc56f28391b359029},
	{[]uint64{0x1, 0x0}, 0x8bc9d22b713a0982},
	{[]uint64{0x0, 0x1}, 0xc56f28391b359029},
	{[]uint64{0x1, 0x2, 0x3}, 0x2a4839c28f3b34f2},
	{[]uint64{0x3, 0x2, 0x1}, 0x2124bee8e6ac567e},
	{[]uint64{0x8000000000000000}, 0x7f012e73f37d5751},
	{[]uint64{0xffffffffffffffff, 0xffffffffffffffff}, 0x8742abfefdcf8e54},
	{[]uint64{0x1, 0x2, 0x3, 0x4, 0x5, 0x6, 0x7, 0x8, 0x9, 0xa}, 0x149adf17e770834c},
}

var pinnedDraws = []struct {
	name    string
	weights func() Weights
	first   [8]uint32
	digest  uint64
}{
	{"exponential", func() Weights { return NewExponential(100, 5000) }, [8]uint32{199, 46, 287, 5, 150, 25, 149, 98}, 0x1d86f4fb4c3786e9},
	{"log-normal", func() Weights { return NewLogNormal(100, 800, 10_000) }, [8]uint32{240, 76, 355, 26, 184, 54, 183, 129}, 0xd6294a7a55fabb0b},
	{"normal", func() Weights { return NewNormal(400, 50, 10_000) }, [8]uint32{455, 383, 479, 315, 438, 361, 438, 416}, 0x75ab6799214c680b},
	{"pareto", func() Weights { return NewPareto(50, 1500, 100_000) }, [8]uint32{138, 18, 290, 2, 86, 9, 85, 46}, 0x45ca5b1c35e557da},
	{"empirical", func() Weights {
		return NewEmpirical([]Point{{FractionOf(1, 2), 0}, {FractionOf(9, 10), 40}, {FractionOf(1, 1), 1990}})
	}, [8]uint32{36, 0, 890, 0, 28, 0, 27, 13}, 0x74803338205b5682},
}
