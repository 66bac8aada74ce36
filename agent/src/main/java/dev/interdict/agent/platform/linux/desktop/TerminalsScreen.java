package dev.interdict.agent.platform.linux.desktop;

import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import dev.interdict.agent.platform.session.Answer;
import dev.interdict.agent.platform.session.Errand;
import dev.interdict.agent.platform.session.Screen;
import dev.interdict.agent.wording.TerminalText;
import dev.interdict.agent.wording.Wording;
import dev.interdict.policy.Language;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The terminals that the person has open: each that is theirs and takes messages (`mesg y`) is
/// written to once. A terminal that does not take the text at once, because its output was stopped,
/// is left out.
public final class TerminalsScreen implements Screen {
  private static final int MOST = 64;
  private static final int WRITABLE_BY_GROUP = 0020;

  private final Errand errand;
  private final Path devices;
  private final Duration patience;
  private final InstantSource clock;

  /// @param devices the folder of devices, `/dev`
  /// @param patience for the answer of a service of the session
  public TerminalsScreen(Errand errand, Path devices, Duration patience, InstantSource clock) {
    this.errand = errand;
    this.devices = devices;
    this.patience = patience;
    this.clock = clock;
  }

  @Override
  public Answer show() throws IOException {
    var notice = errand.notice();
    var uid = Kernel.effectiveUid();
    var windows = own(uid, devices.resolve("pts"), "[0-9]*");
    // What the kernel itself draws has no Hanzi.
    var consoles = own(uid, devices, "tty[0-9]*");
    var reached = windows.isEmpty() ? 0 : write(windows, bytes(localised(notice)));
    if (!consoles.isEmpty()) {
      reached += write(consoles, bytes(notice.in(Language.EN, notice.recipient().zone())));
    }
    return reached > 0 ? new Answer.Shown(null) : new Answer.NoSession();
  }

  private Notice localised(Notice notice) {
    var socket = errand.bus();
    var recipient = notice.recipient();
    if (socket == null) {
      return notice;
    }
    try (var bus = Bus.connect(socket, patience)) {
      var environment = SessionEnvironment.of(bus, socket);
      return notice.in(
          environment.language().orElse(recipient.language()),
          environment.zone().orElse(recipient.zone()));
    } catch (IOException e) {
      return notice;
    }
  }

  private byte[] bytes(Notice notice) {
    var lines = TerminalText.lines(Wording.texts(notice, clock.instant()), false);
    // What runs there may have switched off that a line feed also returns to the left.
    return ("\r\n" + String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  private static List<Path> own(int uid, Path folder, String names) throws IOException {
    var own = new ArrayList<Path>();
    if (!Files.isDirectory(folder)) {
      return own;
    }
    try (var devices = Files.newDirectoryStream(folder, names)) {
      for (var device : devices) {
        if (own.size() < MOST && takesMessages(uid, device)) {
          own.add(device);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return own;
  }

  private static boolean takesMessages(int uid, Path device) {
    try {
      var facts = Files.readAttributes(device, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
      return Integer.valueOf(uid).equals(facts.get("uid"))
          && facts.get("mode") instanceof Integer mode
          && (mode & 0170000) == 0020000
          && (mode & WRITABLE_BY_GROUP) != 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static int write(List<Path> devices, byte[] text) {
    var reached = 0;
    for (var device : devices) {
      var flags = Kernel.O_WRONLY | Kernel.O_NOCTTY | Kernel.O_NONBLOCK | Kernel.O_NOFOLLOW;
      try (var folder = Kernel.openRoot(bytes(device.getParent()));
          var terminal = Kernel.openat(folder, bytes(device.getFileName()), flags, 0)) {
        Kernel.write(terminal, text, text.length);
        reached++;
      } catch (KernelException e) {
        // It was closed meanwhile, or its output is stopped.
      }
    }
    return reached;
  }

  private static byte[] bytes(@Nullable Path path) {
    return String.valueOf(path).getBytes(StandardCharsets.UTF_8);
  }
}
