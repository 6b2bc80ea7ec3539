// Package prose measures how plainly the pages, the comments and the messages of this
// project are written, and looks whether a reader finds the pages. It is for tests. They
// hold pages and doc comments to a mean length of sentences. They hold every text to a
// list of turns that read badly. And they hold that each page is reached from
// docs/README.md in two clicks.
package prose
