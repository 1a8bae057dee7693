//! The texts of the panel, beside those of the button in [`crate::strings`].

use crate::strings::texts;

texts! {
    PanelText:
    // Who is here.
    Panel "panel" "Conversation",
    PanelWith "panel-with" "Conversation with {customer}",
    Participants "participants" "Who is here",
    You "you" "You",
    Agent "agent" "Agent",
    Supervisor "supervisor" "Supervisor",
    Customer "customer" "Customer",
    External "external" "Other participant",
    /// A participant who has a name.
    Person "person" "{name} ({role})",
    SeesYou "sees-you" "sees you",
    DoesNotSeeYou "does-not-see-you" "does not see you",
    MaySeeYou "may-see-you" "may see you",
    // Who reads a message.
    ForAgents "for-agents" "agents only",
    ForSupervisors "for-supervisors" "supervisors only",
    ForEveryone "for-everyone" "everyone",
    ForUnknown "for-unknown" "readers not known",
    // The transcript.
    Messages "messages" "Messages",
}
