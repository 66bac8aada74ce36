package dev.interdict.server.cli.setup;

import dev.interdict.server.about.Setting;
import dev.interdict.service.ServiceManager;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the settings anew while the server runs. What it presents as its certificate is taken at
/// once. All else holds from the next start on; what that is about is said, so that nobody takes it
/// for done. Settings that cannot be read change nothing, and would refuse the next start: that is
/// said as well, as is a certificate that cannot be read. Thread-safe.
final class Reloading {
  private static final Logger LOG = LoggerFactory.getLogger(Reloading.class);

  private final ServerFolder folder;
  private final Settings running;
  private final UnaryOperator<Settings> typed;
  private final Supplier<String> certificate;
  private final ServiceManager manager;

  /// @param running the settings that hold
  /// @param typed adds what the command line said
  /// @param certificate looks for a new one; says why it cannot be presented, or nothing
  Reloading(
      ServerFolder folder,
      Settings running,
      UnaryOperator<Settings> typed,
      Supplier<String> certificate,
      ServiceManager manager) {
    this.folder = folder;
    this.running = running;
    this.typed = typed;
    this.certificate = certificate;
    this.manager = manager;
  }

  /// Reads them.
  ///
  /// @return what came of it, in a line for people
  synchronized String run() {
    manager.reloading();
    var trouble = certificate.get();
    var said = settings();
    if (!trouble.isEmpty()) {
      said = trouble + "; settings: " + said;
    }
    manager.ready(said);
    return said;
  }

  private String settings() {
    try {
      var changed = changed(typed.apply(Settings.read(folder)));
      var said =
          changed.isEmpty()
              ? "no setting changed"
              : "hold after a restart: " + String.join(", ", changed);
      LOG.atInfo().addKeyValue("changed", changed).log("settings read anew: {}", said);
      return said;
    } catch (IOException | RuntimeException e) {
      var said = "server.yaml is not understood, and would refuse the next start";
      LOG.atError().addKeyValue("why", e.getMessage()).log(said);
      return said;
    }
  }

  /// The names of the settings that are others now.
  private List<String> changed(Settings now) {
    var before = new TreeMap<String, String>();
    SettingsSheet.of(running).forEach(one -> before.put(one.name(), one.value()));
    var changed = new ArrayList<String>();
    for (Setting one : SettingsSheet.of(now)) {
      if (!one.value().equals(before.remove(one.name()))) {
        changed.add(one.name());
      }
    }
    changed.addAll(before.keySet());
    if (changed.isEmpty() && !now.equals(running)) {
      changed.add("something that the console does not show");
    }
    return changed;
  }
}
