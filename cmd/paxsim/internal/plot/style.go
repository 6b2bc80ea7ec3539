package plot

// style is light, and dark where the reader's system is. Series differ in
// colour, in how they are dashed and in their markers.
const style = `
text{font:12px system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;fill:#1f2328}
.bg{fill:#fff}.h{font-size:19px;font-weight:600}.s,.q{fill:#59636e}.s{font-size:13px}
.note{font:11px ui-monospace,"DejaVu Sans Mono",monospace;fill:#59636e}
.n{text-anchor:end;font-variant-numeric:tabular-nums;fill:#59636e}.c{text-anchor:middle;font-variant-numeric:tabular-nums;fill:#59636e}
.a{font-weight:600}.ac{font-weight:600;text-anchor:middle}.an{font-weight:600;text-anchor:end}
.grid{stroke:#eaeef2}.axis{stroke:#8c959f}.lead{stroke:#8c959f;stroke-width:.8;fill:none}
.at{stroke:#59636e;stroke-dasharray:2 4}
.l{fill:none;stroke-width:2.2;stroke-linejoin:round;stroke-linecap:round}.thin{stroke-width:1.3}.name{font-weight:600}
.band{stroke:none;fill-opacity:.13}.edge{fill:none;stroke-width:.9;stroke-opacity:.55;stroke-dasharray:1 3;stroke-linecap:round}
.mk{stroke-width:1.6}.mk path,.mk circle,.mk rect{fill:#fff}
.k0{stroke:#0550ae}.f0{fill:#0550ae}.k1{stroke:#bc4c00}.f1{fill:#bc4c00}.k2{stroke:#1a7f37}.f2{fill:#1a7f37}.k3{stroke:#8250df}.f3{fill:#8250df}
.k4{stroke:#a40e26}.f4{fill:#a40e26}.k5{stroke:#0a7b83}.f5{fill:#0a7b83}.k6{stroke:#9e4c88}.f6{fill:#9e4c88}.k7{stroke:#57606a}.f7{fill:#57606a}
.l.d1{stroke-dasharray:9 4}.l.d2{stroke-dasharray:2 4}.l.d3{stroke-dasharray:10 4 2 4}.l.d4{stroke-dasharray:5 5}.l.d5{stroke-dasharray:14 4}.l.d6{stroke-dasharray:10 4 2 4 2 4}.l.d7{stroke-dasharray:3 3}
.cell{fill:#0550ae;stroke:none}.none{fill:url(#none)}.box{fill:none;stroke:#fff;stroke-width:2}
.v{text-anchor:middle;font-size:13px;font-weight:600;font-variant-numeric:tabular-nums}.over{fill:#fff}.v2{text-anchor:middle;font-size:10.5px}
.ok{fill:#dafbe1}.un{fill:url(#undecided)}.bad{fill:url(#violated)}.i1{fill:#fff8c5}.i2{stroke:#9a6700}.i3{fill:#ffd7dc}.i4{stroke:#a40e26}.i5{stroke:#d0d7de}.halo{paint-order:stroke;stroke:#fff;stroke-width:3.5px;stroke-linejoin:round}
@media (prefers-color-scheme:dark){
text{fill:#e6edf3}.bg{fill:#0d1117}.s,.q,.note,.n,.c{fill:#9198a1}.grid{stroke:#1f262e}.axis,.lead{stroke:#59636e}.at{stroke:#9198a1}
.band{fill-opacity:.2}.mk path,.mk circle,.mk rect{fill:#0d1117}
.k0{stroke:#79c0ff}.f0{fill:#79c0ff}.k1{stroke:#ffa657}.f1{fill:#ffa657}.k2{stroke:#56d364}.f2{fill:#56d364}.k3{stroke:#d2a8ff}.f3{fill:#d2a8ff}
.k4{stroke:#ff7b72}.f4{fill:#ff7b72}.k5{stroke:#56d4dd}.f5{fill:#56d4dd}.k6{stroke:#f2a6dc}.f6{fill:#f2a6dc}.k7{stroke:#9198a1}.f7{fill:#9198a1}
.cell{fill:#79c0ff}.box{stroke:#0d1117}.over,.mid{fill:#0d1117}
.ok{fill:#12301c}.i1{fill:#3a2d05}.i2{stroke:#e3b341}.i3{fill:#4c1018}.i4{stroke:#ff7b72}.i5{stroke:#30363d}.halo{stroke:#0d1117}
}
`

// markers are shapes around the origin, one a series.
var markers = [Most]string{
	`<circle r="3.6"/>`,
	`<rect x="-3.4" y="-3.4" width="6.8" height="6.8"/>`,
	`<path d="M0 -4.4L4.2 3.2H-4.2Z"/>`,
	`<path d="M0 -4.8L4.8 0L0 4.8L-4.8 0Z"/>`,
	`<path d="M0 4.4L4.2 -3.2H-4.2Z"/>`,
	`<path d="M-3.4 -3.4L3.4 3.4M3.4 -3.4L-3.4 3.4"/>`,
	`<path d="M-4.4 0H4.4M0 -4.4V4.4"/>`,
	`<path d="M0 -4.6L4.4 -1.4L2.7 3.8H-2.7L-4.4 -1.4Z"/>`,
}
