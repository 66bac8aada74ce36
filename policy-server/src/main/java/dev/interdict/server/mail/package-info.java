/// Mails to people: announcements, decisions on exemptions, reports of who complies.
///
/// In: events and the figures of the console. Out: messages in a queue in the database, each sent
/// once the server of the company took it over.
///
/// Never writes to more people than was set, and no text of a device or a person becomes a header.
@NullMarked
package dev.interdict.server.mail;

import org.jspecify.annotations.NullMarked;
