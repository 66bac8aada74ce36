package dev.interdict.server.cli.access;

import dev.interdict.json.Fields;
import dev.interdict.server.access.Role;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.scope.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/// The options that say what somebody may do, and of which part of the fleet.
final class GrantOptions {
  @Option(
      names = "--role",
      paramLabel = "ROLE",
      required = true,
      description = {
        "What it may do; repeat it for several: viewer (read), helpdesk (the first step of"
            + " exemptions), author (write rules), approver (approve rules; the second step of"
            + " exemptions), signer (publish what was approved), auditor (read all),"
            + " administrator (accounts and tokens)."
      })
  private List<String> roles = List.of();

  @Option(
      names = "--scope",
      paramLabel = "DEPARTMENT",
      description = {
        "See this department and what is below it alone, such as R&D or R&D/platform; repeat it"
            + " for several. Without it, the whole fleet."
      })
  private List<String> departments = List.of();

  Set<Role> roles() {
    var wanted = EnumSet.noneOf(Role.class);
    for (var text : roles) {
      try {
        wanted.add(Role.valueOf(text.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw new Failure(
            Exit.USAGE,
            "there is no role \""
                + text
                + "\"; write one of "
                + Arrays.stream(Role.values())
                    .map(Fields::written)
                    .collect(Collectors.joining(", ")));
      }
    }
    return wanted;
  }

  /// The part of the fleet, which has to fit the roles.
  Scope scope() {
    try {
      var scope = Scope.of(departments);
      Role.check(roles(), scope);
      return scope;
    } catch (IllegalArgumentException e) {
      throw new Failure(Exit.USAGE, "--scope: " + e.getMessage());
    }
  }

  static List<String> written(Set<Role> roles) {
    var written = new ArrayList<String>();
    new TreeSet<>(roles).forEach(role -> written.add(Fields.written(role)));
    return written;
  }

  /// Roles and scope in one line.
  static String said(Set<Role> roles, Scope scope) {
    var said = String.join(", ", written(roles));
    return scope.isWhole() ? said : said + "; sees " + String.join(", ", scope.named());
  }
}
