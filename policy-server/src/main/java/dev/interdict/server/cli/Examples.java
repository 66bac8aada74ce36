package dev.interdict.server.cli;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/// An example for commands that have none among their own words, as somebody would type it.
final class Examples {
  private static final String CASE = "ws-17 claude-code ";
  private static final String ON_SERVER = "-d /var/lib/interdict/server";
  private static final String DEVICE = "0f3c5a7e9b1d2f4c6e8a0b2c4d6e8f01 ";
  private static final String ITEM = DEVICE + "claude-code ";

  /// What follows a command's name, by that name.
  static final Map<String, String> ALL =
      Map.ofEntries(
          entry("interdict blocklist draft", "rules/some-tool.yaml --out list.json"),
          entry("interdict blocklist sign", "list.json --key anna.p12"),
          entry("interdict blocklist publish", "list.json"),
          entry("interdict blocklist withdraw", "list.json --reason 'the date was wrong'"),
          entry("interdict root withdraw", "root.json --reason 'bo.pub was the old key'"),
          entry("interdict root new", "--role blocklist=2:anna.pub,bo.pub --out root.json"),
          entry("interdict root sign", "root.json --key anna.p12"),
          entry("interdict root publish", "root.json"),
          entry("interdict key new", "anna.p12"),
          entry("interdict key show", "anna.p12"),
          entry("interdict key list", "--output json"),
          entry(
              "interdict key rotate",
              "blocklist --new anna-2027.pub --old deade7d4 --out root.json"),
          entry("interdict key revoke", "deade7d4 --new cyd.pub --out root.json"),
          entry("interdict exemption list", "--ending"),
          entry("interdict exemption show", CASE),
          entry("interdict exemption requests", "--output csv"),
          entry(
              "interdict exemption grant",
              CASE + "--until 2026-08-31 --reason 'until it is moved'"),
          entry(
              "interdict exemption refuse",
              CASE + "--reason 'Qoder does it' --contact it@example.com"),
          entry("interdict exemption end", CASE + "--reason 'it is moved'"),
          entry("interdict failures show", CASE),
          entry("interdict failures assign", CASE + "--to zhao.min"),
          entry("interdict failures comment", CASE + "--text 'waits for a restart'"),
          entry("interdict failures resolve", CASE + "--text 'removed by hand'"),
          entry("interdict enrol queue", "--output csv"),
          entry("interdict enrol approve", "0f3c5a7e 9b1d2f4c"),
          entry("interdict enrol refuse", "0f3c5a7e --reason 'not ours'"),
          entry("interdict fleet import", "workstations.csv --apply"),
          entry("interdict fleet bind", "0f3c5a7e ASSET-1042"),
          entry("interdict fleet retire", "ASSET-1042 --reason 'sold'"),
          entry("interdict fleet status", "--output json"),
          entry("interdict fleet unmatched", "--output csv"),
          entry("interdict proposal list", "--all"),
          entry("interdict proposal refuse", "7 --note 'not before the release'"),
          entry("interdict blocklist diff", "list.json"),
          entry("interdict root show", "--output json"),
          entry("interdict root diff", "root.json"),
          entry("interdict fleet return", "ASSET-1042 --reason 'found again'"),
          entry("interdict fleet erase", "ASSET-1042 --reason 'asked for by its person'"),
          entry("interdict exemption code-key", ON_SERVER),
          entry("interdict failures reopen", CASE + "--text 'it is back'"),
          entry("interdict-server break-glass on", ON_SERVER),
          entry("interdict-server break-glass off", ON_SERVER),
          entry("interdict-server certificate renew", ON_SERVER),
          entry("interdict-server certificate show", ON_SERVER),
          entry("interdict proposal agree", "7 --note 'as we said'"),
          entry("interdict breaker", "--output json"),
          entry("interdict pause", "claude-code --reason 'a build broke'"),
          entry("interdict resume", "--propose --note 'the build is mended'"),
          entry("interdict publish", "--collection collection.yaml --propose"),
          entry("interdict recover", "--publish"),
          entry("interdict withdraw", "claude-code"),
          entry("interdict rollback", "41"),
          entry("interdict draft list", "--all --output csv"),
          entry("interdict draft new", "--rule claude-code --serial 41"),
          entry("interdict draft edit", "12 some-tool.yaml --revision 3"),
          entry("interdict draft approve", "12 --sha256 9c04e1b75d20"),
          entry("interdict draft show", "12 --content"),
          entry("interdict draft lint", "12"),
          entry("interdict draft observe", "12"),
          entry("interdict draft preview", "12"),
          entry("interdict draft publish", "12"),
          entry("interdict draft submit", "12 --note 'as the board decided'"),
          entry("interdict draft reject", "12 --comment 'the date is a holiday'"),
          entry("interdict draft discard", "12 --reason 'another rule has it'"),
          entry("interdict risk list", "--output csv"),
          entry("interdict-server token create", "--department 'R&D' --uses 200 --valid-for P30D"),
          entry("interdict-server token revoke", "6a5caaa054f0"),
          entry("interdict-server account totp-remove", "zhao.min"),
          entry("interdict-server webhook test", "wh_1f0c6c2b3d4e5f60"),
          entry("interdict-server webhook remove", "wh_1f0c6c2b3d4e5f60"),
          entry("interdict-server mail test", "ada@example.com --lang zh-CN"),
          entry("interdict-server syslog test", "-d /var/lib/interdict/server"),
          entry("interdict rule new", "some-tool --into rules"),
          entry("interdict rule lint", "rules/"),
          entry("interdict rule show", "rules/some-tool.yaml"),
          entry("interdict rule explain", "R012"),
          entry("interdict simulate", "--rule rules/some-tool.yaml --device state.json"),
          entry("interdict risk show", "claude-code"),
          entry("interdict risk put", "claude-code.yaml"),
          entry("interdict history", "--output csv"),
          entry(
              "interdict-server init",
              "/var/lib/interdict/server --tls-host interdict.example.com"),
          entry("interdict-server run", "/var/lib/interdict/server"),
          entry("interdict-server account create", "zhao.min --role helpdesk --scope 'R&D'"),
          entry("interdict-server account grant", "zhao.min --role helpdesk --role viewer"),
          entry("interdict-server account password", "zhao.min"),
          entry("interdict-server account disable", "zhao.min"),
          entry("interdict-server account enable", "zhao.min"),
          entry("interdict-server account list", "--output csv"),
          entry("interdict-server api-token list", "--output csv"),
          entry("interdict-server api-token revoke", "dashboard"),
          entry("interdict-server token list", "--output csv"),
          entry("interdict-server webhook list", "--output csv"));

  /// The same of commands that ask a server and have no other form.
  static final Map<String, String> OVER_API =
      Map.ofEntries(
          entry(
              "interdict enrol token create", "--department 'R&D' --uses 200 --days 30 --approval"),
          entry("interdict enrol token list", "--output csv"),
          entry("interdict enrol token revoke", "6a5caaa054f0"),
          entry("interdict queue list", "--class file-in-use --owner nobody"),
          entry("interdict queue show", ITEM),
          entry("interdict queue assign", ITEM + "--to zhao.min"),
          entry("interdict queue link", ITEM + "--ticket IT-4711"),
          entry("interdict queue comment", ITEM + "--text 'waits for a restart'"),
          entry("interdict queue resolve", ITEM + "--text 'removed by hand'"),
          entry("interdict queue reopen", ITEM + "--text 'it is back'"),
          entry("interdict ring list", "--output json"),
          entry("interdict ring show", "pilot"),
          entry("interdict ring set", "pilot --place 1 --description 'IT itself' --percent 5"),
          entry("interdict ring remove", "pilot"),
          entry("interdict ring move", "pilot --device " + DEVICE),
          entry("interdict device rescan", DEVICE),
          entry("interdict device retire", DEVICE + "--reason 'sold'"),
          entry("interdict device retire-agreed", "7"),
          entry("interdict device return", DEVICE + "--reason 'found again'"),
          entry("interdict device erase", DEVICE + "--reason 'asked for by its person'"),
          entry("interdict report views list", "--output json"),
          entry(
              "interdict report views save",
              "--name 'Still there' --address '/devices?state=present'"),
          entry("interdict report views rename", "3 --name 'Still there, R&D'"),
          entry("interdict report views remove", "3"),
          entry("interdict report schedule list", "--output json"),
          entry(
              "interdict report schedule add",
              "--view 3 --every week --hour 8 --zone UTC --to it@example.com"),
          entry("interdict report schedule remove", "3"));

  private Examples() {}

  /// Puts it before what a command's help ends with. What stands in a command's place to ask a
  /// server instead takes other words, and gets none.
  static void add(CommandSpec command) {
    var words = words(command);
    var usage = command.usageMessage();
    var own = List.of(usage.description(), usage.footer());
    if (words == null
        || own.stream().flatMap(Arrays::stream).anyMatch(line -> line.contains("Example"))) {
      return;
    }
    var footer = new ArrayList<>(List.of("", "Example:", "  " + words));
    footer.addAll(List.of(usage.footer()));
    usage.footer(footer.toArray(String[]::new));
  }

  private static @Nullable String words(CommandSpec command) {
    var made = command.userObject();
    var beside = made != null && made.getClass().isAnnotationPresent(Command.class);
    var arguments = (beside ? ALL : OVER_API).get(command.qualifiedName());
    return arguments == null ? null : (command.qualifiedName() + " " + arguments).strip();
  }
}
