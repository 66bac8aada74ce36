package dev.interdict.server.api;

import dev.interdict.report.DeviceId;
import dev.interdict.server.access.Accounts;
import dev.interdict.server.access.Session;
import dev.interdict.server.fleet.expected.OwnDevices;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Whose a workstation is, as the company's list says, for whoever calls. Thread-safe.
record Owning(Accounts accounts, OwnDevices devices) {

  /// By which somebody may stand in the list: the account's name, and how a provider calls them. A
  /// program has none.
  Set<String> names(Session session) {
    var names = new LinkedHashSet<String>();
    if (session.kind() != Session.Kind.PERSON) {
      return names;
    }
    for (var name : List.of(session.account(), accounts.display(session.account()))) {
      if (!name.isBlank()) {
        names.add(name);
        names.add(name.toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }

  /// Whether it is one of theirs that they see.
  boolean has(Session session, DeviceId device) {
    var names = names(session);
    return !names.isEmpty() && devices.has(names, session.scope(), device);
  }
}
