package dev.interdict.agent.cli;

import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.NoticeJson;
import dev.interdict.agent.notice.Receipt;
import dev.interdict.agent.pipe.GuardClient;
import dev.interdict.agent.platform.session.Receipts;
import dev.interdict.agent.wording.TerminalText;
import dev.interdict.agent.wording.Wording;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `interdict-agent notice`: what the person is to be told now, for a terminal. New shells run it
/// once a day (`agent/src/main/shell`).
@Command(
    name = "notice",
    description = "Shows what you are to be told now; new shells do so once a day.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = GuardCommand.EXIT_CODES,
    exitCodeList = {
      "0:shown, or there is nothing to tell",
      "1:the guard does not answer",
      "2:the command line is wrong"
    })
final class NoticeCommand extends GuardCommand {
  /// A new shell is not held up for longer.
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  @Option(
      names = "--told",
      paramLabel = "FILE",
      hidden = true,
      description = "Touch this file once everything is told.")
  private @Nullable Path told;

  @Override
  public Integer call() throws IOException {
    var guard = new GuardClient(options.guard().socket(), PATIENCE);
    var answer = guard.ask("notices", null);
    var out = out();
    if (options.json()) {
      print(answer);
      return 0;
    }
    var colour = options.colour();
    var notices = notices(answer);
    for (var notice : notices) {
      var here = notice.in(options.words().language(), ZoneId.systemDefault());
      var texts = Wording.texts(here, Instant.now());
      TerminalText.lines(texts, colour).forEach(out::println);
    }
    out.flush();
    if (told != null) {
      touch(told);
    }
    var receipts = new Receipts(guard, Receipt.Channel.TERMINAL);
    notices.forEach(notice -> receipts.note(notice, Receipts.Outcome.SHOWN, null));
    return 0;
  }

  private static List<Notice> notices(Json.Obj answer) throws IOException {
    var notices = new ArrayList<Notice>();
    if (answer.get("notices") instanceof Json.Arr(var items)) {
      for (var item : items) {
        try {
          notices.add(NoticeJson.read(item));
        } catch (JsonException e) {
          throw new IOException("the guard's answer is not understood: " + e.getMessage(), e);
        }
      }
    }
    return notices;
  }

  private static void touch(Path file) throws IOException {
    var now = FileTime.from(Instant.now());
    try {
      Files.setLastModifiedTime(file, now);
    } catch (NoSuchFileException e) {
      var folder = file.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.setLastModifiedTime(Files.createFile(file), now);
    }
  }
}
