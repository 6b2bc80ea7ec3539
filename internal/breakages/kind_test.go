package breakages

import (
	"go/ast"
	"go/token"
)

// A kind is a list of the places in a declaration that a change can mean. They
// come as spans, by the function that makes a span of a node.

// statements are those that stand in a list of statements.
func statements(root ast.Node, spanOf func(ast.Node) span) []span {
	var list []span
	eachList(root, func(in []ast.Stmt) {
		for _, s := range in {
			list = append(list, spanOf(s))
		}
	})
	return list
}

// droppable are statements, and elements of lists in braces.
func droppable(root ast.Node, spanOf func(ast.Node) span) []span {
	list := statements(root, spanOf)
	ast.Inspect(root, func(n ast.Node) bool {
		if c, ok := n.(*ast.CompositeLit); ok {
			for _, e := range c.Elts {
				s := spanOf(e)
				s.element = true
				list = append(list, s)
			}
		}
		return true
	})
	return list
}

// conditions are those of if and for, the cases of a switch over nothing,
// comparisons, and what is joined by && and ||.
func conditions(root ast.Node, spanOf func(ast.Node) span) []span {
	var list []span
	add := func(nodes ...ast.Expr) {
		for _, n := range nodes {
			if n != nil {
				list = append(list, spanOf(n))
			}
		}
	}
	ast.Inspect(root, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IfStmt:
			add(n.Cond)
		case *ast.ForStmt:
			add(n.Cond)
		case *ast.SwitchStmt:
			if n.Tag == nil {
				for _, c := range n.Body.List {
					add(c.(*ast.CaseClause).List...)
				}
			}
		case *ast.UnaryExpr:
			if n.Op == token.NOT {
				add(n)
			}
		case *ast.BinaryExpr:
			switch n.Op {
			case token.LAND, token.LOR:
				add(n, n.X, n.Y)
			case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
				add(n)
			}
		}
		return true
	})
	return list
}

// wholes are all expressions and statements, and rows of statements.
func wholes(root ast.Node, spanOf func(ast.Node) span) []span {
	var list []span
	ast.Inspect(root, func(n ast.Node) bool {
		switch n := n.(type) {
		case ast.Expr:
			list = append(list, spanOf(n))
		case ast.Stmt:
			list = append(list, spanOf(n))
		}
		return true
	})
	eachList(root, func(in []ast.Stmt) {
		for i := range in {
			for j := i + 1; j < len(in); j++ {
				list = append(list, span{from: spanOf(in[i]).from, to: spanOf(in[j]).to})
			}
		}
	})
	return list
}

// eachList calls f with every list of statements.
func eachList(root ast.Node, f func([]ast.Stmt)) {
	ast.Inspect(root, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BlockStmt:
			f(n.List)
		case *ast.CaseClause:
			f(n.Body)
		case *ast.CommClause:
			f(n.Body)
		}
		return true
	})
}
