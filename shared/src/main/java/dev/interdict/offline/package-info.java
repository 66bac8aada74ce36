/// What an employee whose workstation cannot reach the server and the helpdesk read to each other:
/// a challenge one way, a one-time code the other.
///
/// In: a device's key and the server's, agreed without a message between them. Out: twenty letters
/// and digits that no other device, rule or call takes. Pure functions of values; whoever keeps
/// score of what was used and guessed is the device.
@NullMarked
package dev.interdict.offline;

import org.jspecify.annotations.NullMarked;
