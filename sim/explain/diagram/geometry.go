package diagram

import "fmt"

// pair is a point of the picture, in pixels.
type pair struct{ x, y int }

// root is the whole part of the square root of n, which is not negative.
func root(n int64) int64 {
	if n < 2 {
		return n
	}
	r := n
	for next := (r + 1) / 2; next < r; next = (r + n/r) / 2 {
		r = next
	}
	return r
}

func sign(n int) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}

// tenths is a number of tenths of a pixel as SVG reads it.
func tenths(n int) string {
	minus := ""
	if n < 0 {
		minus, n = "-", -n
	}
	if n%10 == 0 {
		return fmt.Sprintf("%s%d", minus, n/10)
	}
	return fmt.Sprintf("%s%d.%d", minus, n/10, n%10)
}

// back is the point so many tenths of a pixel before b on the way from a.
func back(a, b pair, far int64) string {
	x, y := along(a, b, far, 0)
	return tenths(x) + " " + tenths(y)
}

// along is the point so far before b, and so far beside the way from a, all in
// tenths of a pixel.
func along(a, b pair, far, beside int64) (x, y int) {
	dx, dy := int64(b.x-a.x), int64(b.y-a.y)
	long := max(1, root(100*(dx*dx+dy*dy))) // in tenths; 64 bits also where an int has 32
	return 10*b.x - int((far*10*dx+beside*10*dy)/long), 10*b.y - int((far*10*dy-beside*10*dx)/long)
}

// arrowhead is a triangle that ends just before b.
func arrowhead(a, b pair) string {
	x1, y1 := along(a, b, 40, 0)
	x2, y2 := along(a, b, 130, 35)
	x3, y3 := along(a, b, 130, -35)
	return fmt.Sprintf("M%s %sL%s %sL%s %sZ", tenths(x1), tenths(y1), tenths(x2), tenths(y2), tenths(x3), tenths(y3))
}
