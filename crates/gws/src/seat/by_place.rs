//! Values by their place in the log, in its order.
//!
//! A sorted vector: nearly all entries come at the end, so an insertion costs little, and the code is small.

use super::transcript::Place;

/// Values by their place, each place once.
#[derive(Clone, Debug)]
pub struct ByPlace<V>(Vec<(Place, V)>);

impl<V> Default for ByPlace<V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<V> ByPlace<V> {
    /// All of them, in order.
    pub fn all(&self) -> &[(Place, V)] {
        &self.0
    }

    /// Those before this place.
    pub fn before(&self, place: Place) -> &[(Place, V)] {
        &self.0[..self.position(place)]
    }

    /// Those from this place on.
    pub fn from(&self, place: Place) -> &[(Place, V)] {
        &self.0[self.position(place)..]
    }

    /// Those after this place.
    pub fn after(&self, place: Place) -> &[(Place, V)] {
        let rest = self.from(place);
        &rest[usize::from(self.get(place).is_some())..]
    }

    /// The value at this place.
    pub fn get(&self, place: Place) -> Option<&V> {
        let (at, value) = self.0.get(self.position(place))?;
        (*at == place).then_some(value)
    }

    /// Puts a value at its place; returns the one that was there.
    pub fn insert(&mut self, place: Place, value: V) -> Option<V> {
        let position = self.position(place);
        match self.0.get_mut(position) {
            Some((at, former)) if *at == place => Some(std::mem::replace(former, value)),
            _ => {
                self.0.insert(position, (place, value));
                None
            }
        }
    }

    /// Removes and returns the value at this place.
    pub fn remove(&mut self, place: Place) -> Option<V> {
        let position = self.position(place);
        let (at, _) = self.0.get(position)?;
        (*at == place).then(|| self.0.remove(position).1)
    }

    /// Removes the first ones; returns them.
    pub fn remove_first(&mut self, count: usize) -> impl Iterator<Item = V> {
        self.0.drain(..count).map(|(_, value)| value)
    }

    fn position(&self, place: Place) -> usize {
        self.0.partition_point(|(at, _)| *at < place)
    }
}
