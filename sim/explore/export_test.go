package explore

// KeepsWay makes a look with order keep the way that it has found.
func KeepsWay(is bool) {
	if mostToShorten = 1 << 20; is {
		mostToShorten = 1
	}
}
