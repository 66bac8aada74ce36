/// Webhooks: signed messages of events to addresses that an admin named.
///
/// In: events. Out: HTTP requests, each until it was taken or a day has gone by, under one id.
///
/// Never follows a redirect, never connects to an address that was not checked, and keeps no secret
/// in the database that opens without a key beside it.
@NullMarked
package dev.interdict.server.webhooks;

import org.jspecify.annotations.NullMarked;
