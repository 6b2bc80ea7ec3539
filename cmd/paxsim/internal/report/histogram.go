package report

import (
	hdr "github.com/HdrHistogram/hdrhistogram-go"

	"github.com/paxsim/paxsim/sim/explain/metrics"
)

// greatest bounds what a histogram counts; what is above counts as this.
const greatest = 1 << 50

// histogram is a distribution of numbers: to three digits, as an HDR histogram keeps
// it, and the same whatever their order.
type histogram struct {
	values *hdr.Histogram // nil: no number yet, and no room is taken
}

// NewHistogram is an empty distribution, which takes the same room for any number of
// runs.
func NewHistogram() metrics.Quantiles { return &histogram{} }

// Add implements [metrics.Quantiles].
func (h *histogram) Add(n int64) {
	if h.values == nil {
		h.values = hdr.New(1, greatest, 3)
	}
	if err := h.values.RecordValue(min(n, greatest)); err != nil {
		panic("report: " + err.Error()) // it is within bounds
	}
}

// Percentile implements [metrics.Quantiles].
func (h *histogram) Percentile(percent int) int64 {
	return h.values.ValueAtPercentile(float64(percent))
}
