/// `interdict simulate`: tells an admin in words what a rule would do on one device.
///
/// Comes in: a rule file and a device's life. Goes out: lines and tables, or JSON. It publishes
/// nothing and asks no server.
@NullMarked
package dev.interdict.server.cli.simulate;

import org.jspecify.annotations.NullMarked;
