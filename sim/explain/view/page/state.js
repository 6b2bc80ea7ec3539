// What is shown, by all parts of the page.

export const state = {
  difference: null, // where two runs part
  panes: [],    // the diagrams
  active: null, // the one among them that the panel is about
  pinned: 0,    // the actor that is shown in the panel; 0: the event's
  led: false,   // the causal past is shown
  playing: 0,   // the timer while the run is played
  speed: 1,
  unfolded: false, // the board shows its folded columns
  only: { actor: '', kind: '', round: '' },
  guiding: false, // the guide is open
  captionAt: -1,  // the caption that is shown; -1: there is none about this event
  watchers: [],   // functions that are called when another event is chosen, or the runs change
  picked: null,   // what a click on the diagram does beside choosing an event; null: no more
  soon: null,     // says whether an arrow is one that may be next; null: nobody knows
  link: '',       // the run itself, for the address
};
