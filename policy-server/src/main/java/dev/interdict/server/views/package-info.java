/// What people keep of the console for themselves and others: pages by name, and which of them, or
/// which rule, is told by mail and when.
///
/// In: a name and an address of the console; who is to be told, and how often. Out: the same, and
/// what is due.
///
/// Never opens an address and never sends anything: whoever opens a page sees what they may see.
@NullMarked
package dev.interdict.server.views;

import org.jspecify.annotations.NullMarked;
