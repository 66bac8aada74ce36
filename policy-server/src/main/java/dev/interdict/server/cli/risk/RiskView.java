package dev.interdict.server.cli.risk;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerFolder;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Times;
import dev.interdict.server.main.Parts;
import dev.interdict.server.risk.Entry;
import dev.interdict.server.risk.Register;
import dev.interdict.server.risk.Registered;

/// The register of a server's folder, for one command, and entries for people and for programs.
record RiskView(Parts parts, Register register, Console console) implements AutoCloseable {
  static RiskView open(ServerFolder folder, Console console) {
    var parts = OpenServer.parts(folder, console);
    return new RiskView(
        parts, new Register(parts.database(), parts.audit(), console.clock()), console);
  }

  static Json json(Registered one) {
    return Json.object()
        .put("version", one.version())
        .put("at", one.at().toString())
        .put("by", one.by())
        .put("entry", one.entry().json())
        .build();
  }

  void show(Registered one) {
    var entry = one.entry();
    console.field("Entry", entry.id() + " (" + entry.name() + ")");
    console.field("Version", one.version() + " by " + one.by() + ", " + Times.minutes(one.at()));
    console.field("Risk", Fields.written(entry.risk()));
    console.field("Summary", entry.summary());
    entry.evidence().forEach(link -> console.field("Evidence", link));
    console.field("Judged by", String.join(", ", entry.reviewers()));
    console.field("Owner", owner(entry));
    console.field("Review by", entry.review() + overdue(one));
  }

  private static String owner(Entry entry) {
    if (entry.owner() == null) {
      return "nobody; name one in the file: owner, contact";
    }
    return entry.contact() == null ? entry.owner() : entry.owner() + ", " + entry.contact();
  }

  String overdue(Registered one) {
    return Register.isOverdue(one, console.clock().instant()) ? ", overdue" : "";
  }

  @Override
  public void close() {
    parts.close();
  }
}
