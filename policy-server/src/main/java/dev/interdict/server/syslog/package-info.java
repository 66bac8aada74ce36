/// Events for a SIEM: CEF in syslog messages (RFC 5424) over TLS (RFC 5425).
///
/// In: events. Out: one framed message each, over a connection that is kept.
///
/// Never lets a text of a device or a person end a field, a header or a message.
@NullMarked
package dev.interdict.server.syslog;

import org.jspecify.annotations.NullMarked;
