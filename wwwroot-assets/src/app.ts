import { copyOnClick } from "./clipboard";
import { commitOnLeave } from "./dom";
import { keepDrafts } from "./drafts";
import { keepDropsInZones } from "./drops";
import { countWithArrows } from "./fields";
import { bindHotkeys } from "./hotkeys";
import { commitWhileTyping, offerPastedParameters } from "./live";
import { takePastedPictures } from "./pictures";
import { reconnectBar } from "./reconnect";
import { roveStrips } from "./rove";
import { underlinePrompts } from "./underlines";
import { weighWithArrows } from "./weights";

// Everything listens on the document, so it works for elements that Blazor adds later and needs no clean-up when they go.
bindHotkeys(document);
commitOnLeave(document);
countWithArrows(document);
roveStrips(document);
copyOnClick(document);
reconnectBar(document);
keepDrafts(document);
keepDropsInZones(document);
commitWhileTyping(document);
offerPastedParameters(document);
underlinePrompts(document);
weighWithArrows(document);
takePastedPictures(document);
