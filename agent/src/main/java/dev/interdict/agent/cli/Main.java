package dev.interdict.agent.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.interdict.agent.guard.GuardMain;
import dev.interdict.agent.guard.SelfLaunch;
import dev.interdict.agent.log.LineLogProvider;
import dev.interdict.agent.page.PageMain;
import dev.interdict.agent.platform.session.NotifyWorker;
import dev.interdict.agent.sync.SyncWorker;
import dev.interdict.policy.Language;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// Where the program starts. It tells the roles apart before anything else is loaded, so that the
/// resident guard never carries the classes that only commands for people need.
public final class Main {
  private static final Duration NOTICE_LIMIT = Duration.ofSeconds(8);
  private static final int PAGE_MEGABYTES = 64;

  /// The log library looks for one file name by default, which the server's programs have as well.
  private static final String LOG_SETTINGS = "logback.configurationFile";

  private static final String LOG_LIBRARY = "slf4j.provider";

  /// Without it the interface tells on the standard error that it was told which library to take.
  private static final String LOG_OF_LOG = "slf4j.internal.verbosity";

  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    if (arguments.length > 0 && arguments[0].equals("guard")) {
      unlessSet(LOG_LIBRARY, LineLogProvider.class.getName());
      unlessSet(LOG_OF_LOG, "WARN");
    } else {
      unlessSet(LOG_SETTINGS, "dev/interdict/agent/logback.xml");
    }
    System.exit(run(arguments));
  }

  private static void unlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static int run(String[] arguments) throws InterruptedException {
    var role = arguments.length == 0 ? "" : arguments[0];
    if ((role.equals("guard") || role.equals("page")) && asksHelp(arguments)) {
      return help(role, language(arguments));
    }
    return switch (role) {
      case "guard" -> GuardMain.run(rest(arguments), DefaultPlaces.state());
      case "scan" -> scan(arguments);
      case "sync" -> sync();
      case "notify" -> notice();
      case "help" -> run(help(arguments));
      case "privacy" -> Commands.run(named("my-data", arguments));
      case "page" -> PageMain.run(rest(arguments), DefaultPlaces.asked(), language(arguments));
      default -> Commands.run(arguments);
    };
  }

  private static boolean asksHelp(String[] arguments) {
    return rest(arguments).contains("--help") || rest(arguments).contains("-h");
  }

  private static Language language(String[] arguments) {
    return Words.of(HelpText.tag(arguments), System.getenv()).language();
  }

  private static int help(String role, Language language) {
    var out = new PrintWriter(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    out.print(HelpText.ofRole(role, language));
    out.flush();
    return 0;
  }

  /// `help` and `help COMMAND` as `--help` and `COMMAND --help`.
  private static String[] help(String[] arguments) {
    return arguments.length == 1 ? new String[] {"--help"} : new String[] {arguments[1], "--help"};
  }

  /// By the word that people look for too.
  private static String[] named(String command, String[] arguments) {
    var line = arguments.clone();
    line[0] = command;
    return line;
  }

  private static List<String> rest(String[] arguments) {
    return List.of(Arrays.copyOfRange(arguments, 1, arguments.length));
  }

  /// The one role that a person types and the guard starts each quarter of an hour.
  private static int scan(String[] arguments) {
    var request = ScanRequest.plain(rest(arguments));
    if (request == null) {
      return Commands.run(arguments);
    }
    var out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out));
    try {
      return Scanning.ofThisProcess(out).run(request);
    } catch (ScanRequest.NonsenseException e) {
      // Nothing was scanned yet; there it is said together with the usage.
      return Commands.run(arguments);
    } catch (IOException | RuntimeException e) {
      System.err.println("interdict-agent: " + e.getMessage());
      return Commands.FAILED;
    }
  }

  private static int notice() throws InterruptedException {
    var page = SelfLaunch.ofThisProcess().line(PAGE_MEGABYTES, List.of("page"));
    var screens = new Screens(page, NOTICE_LIMIT);
    return NotifyWorker.run(System.in, System.out, NOTICE_LIMIT, screens::of);
  }

  private static int sync() {
    try {
      SyncWorker.run(System.in, System.out);
      return 0;
    } catch (IOException e) {
      System.err.println("interdict-agent sync: " + e.getMessage());
      return 1;
    }
  }
}
