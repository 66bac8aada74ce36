package dev.interdict.agent.page;

import dev.interdict.agent.pipe.GuardClient;
import dev.interdict.agent.platform.Command;
import dev.interdict.agent.state.StateDirectory;
import dev.interdict.agent.wording.Messages;
import dev.interdict.policy.Language;
import dev.interdict.policy.RuleId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// `interdict-agent page`: serves the person's own page, as that person, until it is closed.
public final class PageMain {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Path XDG_OPEN = Path.of("/usr/bin/xdg-open");

  private PageMain() {}

  /// Serves the page until it ends.
  ///
  /// @param state the agent's folder where nothing else is said
  /// @param language of whoever typed them; the page itself goes by the browser's
  /// @return the exit code
  public static int run(List<String> arguments, Path state, Language language)
      throws InterruptedException {
    var rule = "";
    for (var i = 0; i < arguments.size(); i++) {
      var argument = arguments.get(i);
      if (argument.equals("--state") && i + 1 < arguments.size()) {
        state = Path.of(arguments.get(++i));
      } else if (rule.isEmpty() && isRule(argument)) {
        rule = argument;
      } else {
        System.err.println(
            "interdict-agent page: "
                + Messages.load(Phrases.class, "page", language)
                    .say("usage", Map.of("argument", argument)));
        return 2;
      }
    }
    var socket = new StateDirectory(state.toAbsolutePath().normalize()).socket();
    var page = new Page(ZoneId.systemDefault(), InstantSource.system());
    try (var server =
        PageServer.open(new GuardClient(socket, PATIENCE)::ask, page, System::nanoTime, rule)) {
      System.out.println(server.opening());
      open(server.opening().toString());
      server.await();
      return 0;
    } catch (IOException e) {
      System.err.println("interdict-agent page: " + e.getMessage());
      return 1;
    }
  }

  private static boolean isRule(String text) {
    try {
      return !new RuleId(text).value().isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// In the person's browser, where there is a desktop. Others of this computer may read the
  /// address in the list of processes for a moment; whoever is second is refused.
  private static void open(String address) {
    if (System.getenv("WAYLAND_DISPLAY") == null && System.getenv("DISPLAY") == null) {
      return;
    }
    var environment = Map.copyOf(System.getenv());
    Thread.ofPlatform()
        .daemon()
        .name("open")
        .start(() ->
            Objects.requireNonNull(
                new Command(XDG_OPEN, List.of(address), environment, PATIENCE)
                    .run(new byte[0], 4 << 10)));
  }
}
