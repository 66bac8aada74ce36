package dev.interdict.demo;

import dev.interdict.demo.stage.Children;
import dev.interdict.demo.stage.DemoException;
import dev.interdict.demo.stage.DemoFolder;
import dev.interdict.demo.stage.Dist;
import dev.interdict.demo.stage.Settings;
import dev.interdict.demo.stage.Stage;
import dev.interdict.demo.stage.Terminal;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Runs the main job on this machine from the first key to the last report, and tells it.
///
/// Exit code 0 when all of it came true, 1 otherwise. Ctrl-C ends it and all it has started at any
/// time.
public final class Demo {
  private final Stage stage;

  private Demo(Stage stage) {
    this.stage = stage;
  }

  public static void main(String[] arguments) {
    System.exit(run(Terminal.system(System.getenv())));
  }

  private static int run(Terminal terminal) {
    var ending = new CountDownLatch(1);
    try {
      var settings = Settings.of(System::getProperty);
      if (!System.getProperty("os.name", "").equals("Linux")) {
        throw new DemoException("it plays on Linux only as yet; the agent reads no other system");
      }
      var dist = Dist.of(settings.dist());
      var folder = DemoFolder.laidAnew(settings.folder());
      try (var children = new Children(dist, folder.log())) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(ending, terminal, children)));
        endWithParent();
        new Demo(new Stage(settings, folder, terminal, children, InstantSource.system(), zone()))
            .tell();
      }
      return 0;
    } catch (DemoException e) {
      return failed(e, ending, terminal);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private static void end(CountDownLatch ending, Terminal terminal, Children children) {
    ending.countDown();
    terminal.closeStatus();
    children.close();
  }

  /// Ctrl-C reaches the programs, too: that they end then is no failure to speak of.
  private static int failed(DemoException e, CountDownLatch ending, Terminal terminal) {
    try {
      if (!ending.await(500, TimeUnit.MILLISECONDS)) {
        terminal.failure(String.valueOf(e.getMessage()));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return 1;
  }

  /// Maven may be ended without telling its child.
  private static void endWithParent() {
    ProcessHandle.current()
        .parent()
        .ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(1)));
  }

  /// The machine's zone; where it has none of its own, that of the case the product was made for.
  private static ZoneId zone() {
    var zone = ZoneId.systemDefault();
    return zone.getRules().isFixedOffset() ? ZoneId.of("Asia/Shanghai") : zone;
  }

  private void tell() throws DemoException, InterruptedException {
    var terminal = stage.terminal();
    terminal.paragraph(
        """

        Interdict takes high-risk software off a company's workstations by a date
        everyone was told. Here it does so on this machine, with its real programs,
        in about %s. Everything happens below
        %s.\
        """
            .formatted(
                minutes(stage.settings().toDate().plusSeconds(90).toSeconds()),
                stage.shown(stage.folder().path())));
    var server = new ServerChapter(stage).tell();
    var sandbox = new WorkstationChapter(stage).tell(server);
    try (var company = Company.found(stage)) {
      company.enrol(server);
      var ban = new BanChapter(stage).tell();
      var guard = Guard.start(stage, sandbox);
      company.hear(ban);
      var proof = new ProofChapter(stage, sandbox);
      var chapters = new DateChapters(stage, ban, guard, company);
      chapters.told();
      chapters.untilDate();
      proof.beforeDate();
      chapters.untilReported();
      proof.tell(server, ban);
      if (stage.settings().stay()) {
        new ConsoleChapter(stage, company, guard).tell(server);
      }
    }
  }

  private static String minutes(long seconds) {
    var minutes = Math.max(1, Math.round(seconds / 60.0));
    return minutes == 1 ? "a minute" : minutes + " minutes";
  }
}
