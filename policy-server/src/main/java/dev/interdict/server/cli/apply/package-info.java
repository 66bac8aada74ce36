/// Brings a folder of rule files, as people keep one in Git, to a server's drafts.
///
/// In: files, what is in force and the drafts that are open. Out: a plan, and drafts that say what
/// the files say. Nothing is published, withdrawn or discarded here, and no text that somebody else
/// wrote is overwritten.
@NullMarked
package dev.interdict.server.cli.apply;

import org.jspecify.annotations.NullMarked;
