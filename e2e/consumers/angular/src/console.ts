import { Component, CUSTOM_ELEMENTS_SCHEMA, signal } from "@angular/core";

@Component({
  selector: "supervisor-console",
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <barge-in-button
      [sessionId]="session.id"
      confirm="none"
      [requestHeaders]="headers"
      [strings]="strings"
      (barge-in-joined)="joined.set($event.detail.sessionId)"
    />
    <output>{{ joined() }}</output>
  `,
})
export class Console {
  session = { id: new URLSearchParams(location.search).get("session") };
  headers = () => ({ "X-Console": "angular" });
  strings = { joined: "You are in." };
  joined = signal("");
}
