//! The icons of the console, drawn in the text's colour and hidden from assistive technology, as each has a text beside
//! it.

use yew::prelude::*;

/// One icon.
#[derive(Clone, Copy, PartialEq)]
pub enum Icon {
    /// Two lines that meet a third: somebody joins.
    Brand,
    /// A telephone.
    Sms,
    /// A speech bubble.
    Chat,
    /// Back to the list.
    Back,
    /// A fault.
    Fault,
    /// Close.
    Close,
}

impl Icon {
    /// The icon as markup.
    pub fn html(self) -> Html {
        let paths: &[&'static str] = match self {
            Self::Brand => &[
                "M4 6h5c4 0 3 12 7 12h4",
                "M4 18h5c1.600 0 2.400-1.900 3-4",
                "M17 15l3 3-3 3",
                "M16 6h4",
            ],
            Self::Sms => &[
                "M8 3h8a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H8a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z",
                "M11 18h2",
            ],
            Self::Chat => &[
                "M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2z",
            ],
            Self::Back => &["M15 5l-7 7 7 7"],
            Self::Fault => &["M13 3L5 14h6l-1 7 8-11h-6z"],
            Self::Close => &["M6 6l12 12", "M18 6L6 18"],
        };
        html! {
            <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
                { for paths.iter().map(|path| html! { <path d={*path} /> }) }
            </svg>
        }
    }
}
