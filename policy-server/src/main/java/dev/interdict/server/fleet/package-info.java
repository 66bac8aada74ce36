/// The devices: how one becomes known, proves itself, and is heard.
///
/// In: signed requests with exact bytes. Out: an outcome as a value, and rows that projections are
/// made of.
///
/// A device can only ever speak for itself; nothing it sends is more than a claim, and nothing it
/// is answered says anything about another device.
@NullMarked
package dev.interdict.server.fleet;

import org.jspecify.annotations.NullMarked;
