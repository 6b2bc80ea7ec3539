// What is shown, by all parts of the page.

export const state = {
  page: null,   // what the page holds
  panes: [],    // the diagrams
  active: null, // the one among them that the panel is about
  pinned: 0,    // the actor that is shown in the panel; 0: the event's
  led: false,   // the causal past is shown
  playing: 0,   // the timer while the run is played
  speed: 1,
  only: { actor: '', kind: '', round: '' },
  guiding: false, // the guide is open
  captionAt: -1,  // the caption that is shown; -1: there is none about this event
};
