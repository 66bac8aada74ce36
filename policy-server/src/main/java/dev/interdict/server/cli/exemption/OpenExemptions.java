package dev.interdict.server.cli.exemption;

import dev.interdict.policy.Blocklist;
import dev.interdict.policy.RuleId;
import dev.interdict.server.cli.setup.Acting;
import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerFolder;
import dev.interdict.server.cli.setup.Settings;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.exemptions.About;
import dev.interdict.server.exemptions.CaseList;
import dev.interdict.server.exemptions.Cases;
import dev.interdict.server.exemptions.Decider;
import dev.interdict.server.exemptions.Decisions;
import dev.interdict.server.exemptions.ExemptionFiles;
import dev.interdict.server.exemptions.IssuedCodes;
import dev.interdict.server.main.Parts;
import dev.interdict.server.publish.InForce;
import dev.interdict.server.publish.Publications;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;

/// The exemptions of a server's folder, for one command.
record OpenExemptions(Parts parts, Cases cases, Blocklist list) implements AutoCloseable {

  static OpenExemptions of(ServerFolder folder, Console console) {
    var parts = OpenServer.parts(folder, console);
    var publications = new Publications(parts.database(), parts.audit(), parts.clock());
    return new OpenExemptions(parts, new Cases(parts.database()), new InForce(publications).get());
  }

  Set<RuleId> rules() {
    return list.rules().stream().map(rule -> rule.id()).collect(Collectors.toUnmodifiableSet());
  }

  CaseList caseList() {
    return new CaseList(parts.database());
  }

  IssuedCodes codes() {
    return new IssuedCodes(parts.database());
  }

  About about(String device, String rule) {
    try {
      return new About(OpenServer.device(parts, device).device(), new RuleId(rule));
    } catch (IllegalArgumentException e) {
      throw new Failure(Exit.USAGE, String.valueOf(e.getMessage()));
    }
  }

  /// The person of that account, who sees the device.
  Decider decider(String name, About about) {
    var account = Acting.onDevice(parts, name, about.device());
    return new Decider(account.name(), account.roles());
  }

  /// What signs the shards, with the server's own keys.
  ExemptionFiles files(ServerFolder folder, Console console) throws IOException {
    var keys = OpenServer.keyring(folder, console);
    return new ExemptionFiles(
        parts.database(),
        parts.audit(),
        OpenServer.repository(folder, keys, parts, console),
        _ -> keys,
        parts.setback());
  }

  Decisions decisions(ServerFolder folder, Console console) throws IOException {
    return new Decisions(
        parts.database(),
        parts.audit(),
        OpenServer.signedTime(folder, console),
        Settings.read(folder).exemptions(),
        this::rules);
  }

  @Override
  public void close() {
    parts.close();
  }
}
