//! The elements of the components, by functions instead of by `html!`: that expands to a few hundred bytes of
//! WebAssembly for each element, and a panel has fifty.

use wasm_bindgen::JsValue;
use yew::prelude::*;
use yew::virtual_dom::{AttributeOrProperty, Attributes, VList, VTag};

use crate::strings::{Phrase, Strings};

/// An element: its tag, then what is set on it, then its children. Each is an `Html`; an `Option` where it comes and goes; or
/// a list, which is the only child:
///
/// ```ignore
/// element!("p", "part" = "title", "textContent" = Words(&title))
/// element!("ul", "hidden" = rows.is_empty(), "ref" = self.rows.clone(), [first, others])
/// ```
macro_rules! element {
    ($tag:literal $(, $name:literal = $value:expr)* $(, [$($child:expr),+ $(,)?])? $(,)?) => {{
        // The names are the same at each rendering, so Yew compares only the values.
        let mut element = $crate::element::Element::new($tag, &[$($name),*]);
        $($crate::element::Value::set($value, &mut element);)*
        $($($crate::element::Child::add($child, &mut element);)+)?
        element.made()
    }};
}
pub(crate) use element;

/// The one name that is a property; the others are attributes.
const WORDS: &str = "textContent";

/// An element that is being made.
pub(crate) struct Element {
    tag: &'static str,
    names: &'static [&'static str],
    /// One for each name, in their order; `None`: it is not set.
    values: Vec<Option<AttributeOrProperty>>,
    children: Vec<Html>,
    node: NodeRef,
}

impl Element {
    /// A value is to be set for each name.
    pub fn new(tag: &'static str, names: &'static [&'static str]) -> Self {
        Self {
            tag,
            names,
            values: Vec::with_capacity(names.len()),
            children: Vec::new(),
            node: NodeRef::default(),
        }
    }

    /// The whole element.
    pub fn made(self) -> Html {
        let mut tag = VTag::new(self.tag);
        tag.attributes = Attributes::Dynamic {
            keys: self.names,
            values: self.values.into(),
        };
        tag.node_ref = self.node;
        if let Some(children) = tag.children_mut().filter(|_| !self.children.is_empty()) {
            *children = VList::from(self.children).into();
        }
        tag.into()
    }

    fn next_name(&self) -> &'static str {
        self.names[self.values.len()]
    }
}

/// What can be set on an element, for its next name.
pub(crate) trait Value {
    /// Sets it.
    fn set(self, element: &mut Element);
}

impl Value for &'static str {
    fn set(self, element: &mut Element) {
        Some(self).set(element);
    }
}

impl Value for Option<&'static str> {
    fn set(self, element: &mut Element) {
        element.values.push(self.map(AttributeOrProperty::Static));
    }
}

/// An attribute that is there or not.
impl Value for bool {
    fn set(self, element: &mut Element) {
        self.then_some(element.next_name()).set(element);
    }
}

/// The reference to the node, which is no attribute.
impl Value for NodeRef {
    fn set(self, element: &mut Element) {
        element.node = self;
        element.values.push(None);
    }
}

/// Any words.
pub(crate) struct Words<'a>(pub &'a str);

impl Value for Words<'_> {
    fn set(self, element: &mut Element) {
        Some(self).set(element);
    }
}

impl Value for Option<Words<'_>> {
    fn set(self, element: &mut Element) {
        let is_property = element.next_name() == WORDS;
        let value = self.map(|Words(words)| match is_property {
            true => AttributeOrProperty::Property(JsValue::from_str(words)),
            false => AttributeOrProperty::Attribute(words.to_owned().into()),
        });
        element.values.push(value);
    }
}

impl Value for String {
    fn set(self, element: &mut Element) {
        Words(&self).set(element);
    }
}

/// Words that are already shared; never the property.
impl Value for AttrValue {
    fn set(self, element: &mut Element) {
        Some(self).set(element);
    }
}

impl Value for Option<AttrValue> {
    fn set(self, element: &mut Element) {
        element
            .values
            .push(self.map(AttributeOrProperty::Attribute));
    }
}

/// One of the components' own texts.
pub(crate) struct Said<'a, T>(pub T, pub &'a Strings);

impl<T: Phrase> Value for Said<'_, T> {
    fn set(self, element: &mut Element) {
        Words(self.1.get(self.0)).set(element);
    }
}

/// What can be in an element.
pub(crate) trait Child {
    /// Adds it.
    fn add(self, element: &mut Element);
}

impl Child for Html {
    fn add(self, element: &mut Element) {
        element.children.push(self);
    }
}

/// One that comes and goes: a list of one or none, as by `if` in `html!`. Nothing in the place of an element itself would trap:
/// Yew first makes the element a list and asks for its key, which the build has removed (`build/snip.mjs`).
impl Child for Option<Html> {
    fn add(self, element: &mut Element) {
        let list = VList::from(Vec::from_iter(self));
        element.children.push(list.into());
    }
}

#[cfg(feature = "panel")]
impl Child for Vec<Html> {
    fn add(self, element: &mut Element) {
        element.children.extend(self);
    }
}

/// A slot of the custom element, if it is wanted.
#[cfg(feature = "panel")]
pub(crate) fn slot(name: &'static str, is_there: bool) -> Option<Html> {
    is_there.then(|| element!("slot", "name" = name))
}
