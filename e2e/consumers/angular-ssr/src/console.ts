import { afterNextRender, Component, CUSTOM_ELEMENTS_SCHEMA, inject, signal } from "@angular/core";
import { ActivatedRoute } from "@angular/router";
import { configure, define } from "barge-in";

@Component({
  selector: "supervisor-console",
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <barge-in-button
      [attr.session-id]="session.id"
      confirm="none"
      [requestHeaders]="headers"
      [strings]="strings"
      (barge-in-joined)="joined.set($event.detail.sessionId)"
    >
      <span class="barge-in" data-state="unavailable"><button type="button" part="button" disabled>Barge in</button></span>
    </barge-in-button>
    <output>{{ joined() }}</output>
  `,
})
export class Console {
  session = { id: inject(ActivatedRoute).snapshot.queryParamMap.get("session") };
  headers = () => ({ "X-Console": "angular-ssr" });
  strings = { joined: "You are in." };
  joined = signal("");

  constructor() {
    afterNextRender(() => {
      configure({ wasmUrl: "barge-in.wasm" }); // one of the assets in angular.json
      define();
    });
  }
}
