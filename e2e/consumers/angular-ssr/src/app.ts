import { Component } from "@angular/core";
import { RouterOutlet, Routes } from "@angular/router";
import { Console } from "./console";

export const routes: Routes = [{ path: "", component: Console }];

@Component({ selector: "app-root", imports: [RouterOutlet], template: "<router-outlet />" })
export class App {}
