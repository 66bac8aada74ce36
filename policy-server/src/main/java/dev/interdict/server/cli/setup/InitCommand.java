package dev.interdict.server.cli.setup;

import dev.interdict.json.Json;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.cli.terminal.Times;
import dev.interdict.server.keys.OwnTls;
import dev.interdict.server.store.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `interdict-server init`.
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = {
      "Sets a server up in a new folder: signing keys, signed repository, database, the first"
          + " account and an enrolment token.",
      "",
      "All keys start on this machine, which is the simplest way and not the safest: see what it"
          + " prints."
    })
public final class InitCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private Output output = new Output();
  @Mixin private DatabaseSetting database = new DatabaseSetting();

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      defaultValue = ServerFolder.DEFAULT,
      description = "The folder to make (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of(ServerFolder.DEFAULT);

  @Option(
      names = "--admin",
      paramLabel = "NAME",
      defaultValue = "admin",
      description = "Name of the first account (default: ${DEFAULT-VALUE}).")
  private String admin = "";

  @Option(
      names = "--admin-password-file",
      paramLabel = "FILE",
      description = "Take its password from a file. Otherwise one is made and shown once.")
  private @Nullable Path passwordFile;

  @Option(
      names = "--issuer",
      paramLabel = "TEXT",
      defaultValue = "Your IT department",
      description = "Who bans, as employees read it (default: ${DEFAULT-VALUE}).")
  private String issuer = "";

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:" + Settings.DEVICE_PORT,
      description = "Where agents reach the server (default: ${DEFAULT-VALUE}).")
  private String url = "";

  @Option(
      names = "--tls-host",
      paramLabel = "NAME",
      description =
          "Make a certificate for this name or address of the server, by an authority of its own."
              + " Repeat it for several.")
  private List<String> hosts = List.of();

  @Option(
      names = "--unless-set-up",
      description = "Where the folder holds a server already, leave all as it is and be content.")
  private boolean unlessSetUp;

  public InitCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (unlessSetUp && Files.exists(new ServerFolder(folder).settings())) {
      return Exit.OK;
    }
    if (issuer.isBlank() || issuer.chars().anyMatch(c -> c < ' ')) {
      throw new Failure(Exit.USAGE, "--issuer must be one line that is not empty");
    }
    if (!hosts.isEmpty() && url.equals("http://127.0.0.1:" + Settings.DEVICE_PORT)) {
      url = "https://" + hosts.getFirst() + ":" + Settings.DEVICE_PORT;
    }
    if (!url.matches("https?://[^\\s']+")) {
      throw new Failure(Exit.USAGE, "--url must start with https:// (or http:// on this machine)");
    }
    var password = password();
    var wish =
        new Initialisation.Wish(
            admin, password, issuer, url, database.in(new ServerFolder(folder)), hosts);
    try {
      var made = new Initialisation(folder, console).run(wish);
      if (output.forPrograms()) {
        output.print(json(made, password), console);
      } else {
        tell(made, password);
      }
      return Exit.OK;
    } catch (IllegalArgumentException e) {
      throw new Failure(Exit.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private String password() throws IOException {
    return passwordFile == null
        ? Secrets.fresh(console.random()).substring(0, 22)
        : Files.readString(passwordFile).strip();
  }

  private Json json(Initialisation.Made made, String password) {
    return Json.object()
        .put("folder", folder.toString())
        .put("admin", admin)
        .put("password", passwordFile == null ? password : null)
        .put("token-file", made.folder().token().toString())
        .put("trust-root", "sha256:" + made.pin())
        .put("enrol", enrol(made))
        .build();
  }

  private String enrol(Initialisation.Made made) {
    // Nobody's machine knows an authority that was made here.
    var authority = hosts.isEmpty() ? "" : " --ca " + OwnTls.CA_FILE;
    return "interdict-agent enrol --server "
        + url
        + authority
        + " --token-file "
        + made.folder().token().getFileName()
        + " --trust-root sha256:"
        + made.pin();
  }

  private void tell(Initialisation.Made made, String password) {
    var token = made.token().token();
    console.line("A policy server is set up in " + folder + ".");
    console.blank();
    console.field(
        "Sign in",
        admin
            + (passwordFile == null
                ? " / " + password + "   (shown this once)"
                : ", with the password from " + passwordFile));
    console.field(
        "Token",
        made.folder().token()
            + ", admits "
            + token.usesLeft()
            + " workstations until "
            + Times.minutes(token.expiresAt()));
    console.field("Trust root", "sha256:" + made.pin());
    if (!hosts.isEmpty()) {
      var authority = new OwnTls(folder).authority();
      console.field("TLS", authority + " is what agents and browsers have to trust; for");
      console.line("            " + String.join(", ", hosts) + ". Set bind in server.yaml.");
    }
    console.blank();
    console.field("Start it", "interdict-server run " + folder);
    console.field("Publish", "interdict draft new RULE.yaml --server-dir " + folder);
    console.field(
        "Enrol",
        "copy the token file"
            + (hosts.isEmpty() ? "" : " and " + OwnTls.CA_FILE)
            + " to a workstation, then as root there:");
    console.line("            " + enrol(made));
    console.blank();
    console.line(console.bold("All signing keys lie in " + made.folder().keys() + "."));
    console.line(
        """
        That is enough for a trial. What it costs: whoever takes over this machine can sign any
        ban, and so remove software from every enrolled workstation. With the keys of root,
        targets and blocklist elsewhere, a taken-over server can only withhold and delay.
        To hand them over to people, without enrolling anything again:
          1. Each person, on a machine of their own: interdict key new NAME.p12
          2. Here, with the NAME.pub files of all: interdict root new --role root=2:… --role …
          3. They sign the draft, the old root key here agrees: interdict root sign
          4. Here: interdict root publish
        From then on two people sign each list: interdict blocklist draft, sign, publish.
        Every command with its options, and what to do when a key is lost: docs/keys.md\
        """);
  }
}
