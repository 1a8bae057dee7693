import { Component, CUSTOM_ELEMENTS_SCHEMA, signal } from "@angular/core";
import { configure } from "barge-in/panel";
import "barge-in/panel/define";

configure({ wasmUrl: "barge-in-panel.wasm" }); // one of the assets in angular.json

@Component({
  selector: "supervisor-console",
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <barge-in-panel
      [sessionId]="session.id"
      links="none"
      [requestHeaders]="headers"
      [strings]="strings"
      (barge-in-sent)="sent.set($event.detail.visibility + ': ' + $event.detail.sessionId)"
    />
    <output>{{ sent() }}</output>
  `,
})
export class Seat {
  session = { id: new URLSearchParams(location.search).get("session") };
  headers = () => ({ "X-Console": "angular" });
  strings = { "send-agents": "Whisper" };
  sent = signal("");
}
