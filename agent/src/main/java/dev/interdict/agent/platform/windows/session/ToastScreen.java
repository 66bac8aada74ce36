package dev.interdict.agent.platform.windows.session;

import dev.interdict.agent.notice.Notice.Urgency;
import dev.interdict.agent.platform.Command;
import dev.interdict.agent.platform.session.Answer;
import dev.interdict.agent.platform.session.Errand;
import dev.interdict.agent.platform.session.Screen;
import dev.interdict.agent.wording.Texts;
import dev.interdict.agent.wording.Wording;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// The desktop of a person on Windows, by a toast of the session that this process is in. Not run
/// on Windows so far.
///
/// The toast is XML on the standard input of a PowerShell script that never changes; the text is
/// escaped into it and is never part of the script. Tag and group make the next notice of a rule
/// take the place of this one. It belongs to a Start menu shortcut with our AppUserModelID, which
/// the installer makes. It has no buttons, which take a registered component to hear them; so the
/// text says how to answer on the command line.
public final class ToastScreen implements Screen {
  /// The AppUserModelID of our shortcut.
  public static final String APPLICATION = "Interdict.Agent";

  /// WinRT types are known to Windows PowerShell 5.1 only. First line: tag; the rest: the toast.
  private static final String SCRIPT =
      """
      $ErrorActionPreference = 'Stop'
      [Console]::InputEncoding = [Text.Encoding]::UTF8
      $tag = [Console]::In.ReadLine()
      $xml = [Console]::In.ReadToEnd()
      $null = [Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications, ContentType = WindowsRuntime]
      $null = [Windows.Data.Xml.Dom.XmlDocument, Windows.Data.Xml.Dom.XmlDocument, ContentType = WindowsRuntime]
      $document = New-Object Windows.Data.Xml.Dom.XmlDocument
      $document.LoadXml($xml)
      $toast = New-Object Windows.UI.Notifications.ToastNotification $document
      $toast.Tag = $tag
      $toast.Group = 'notices'
      [Windows.UI.Notifications.ToastNotificationManager]::CreateToastNotifier('%s').Show($toast)
      """
          .formatted(APPLICATION);

  /// Windows takes no more.
  private static final int MOST_TAG = 64;

  private final Path powershell;
  private final Errand errand;
  private final Duration limit;
  private final InstantSource clock;

  /// With the system's own program.
  public ToastScreen(Errand errand, Duration limit, InstantSource clock) {
    this(
        Path.of("C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe"),
        errand,
        limit,
        clock);
  }

  ToastScreen(Path powershell, Errand errand, Duration limit, InstantSource clock) {
    this.powershell = powershell;
    this.errand = errand;
    this.limit = limit;
    this.clock = clock;
  }

  @Override
  public Answer show() {
    var script = Base64.getEncoder().encodeToString(SCRIPT.getBytes(StandardCharsets.UTF_16LE));
    var line = List.of("-NoLogo", "-NoProfile", "-NonInteractive", "-EncodedCommand", script);
    var command = new Command(powershell, line, Map.of("SystemRoot", "C:\\Windows"), limit);
    var rule = errand.notice().matters().getFirst().rule().value();
    var tag = rule.substring(0, Math.min(rule.length(), MOST_TAG));
    var texts = Wording.texts(errand.notice(), clock.instant());
    var input =
        (tag + "\n" + toast(texts, errand.notice().urgency())).getBytes(StandardCharsets.UTF_8);
    return switch (command.run(input, 4 << 10)) {
      case Command.Outcome.Exited(var code, var _, var _) when code == 0 -> new Answer.Shown(null);
      case Command.Outcome.TimedOut _ -> new Answer.TimeLimit();
      case Command.Outcome.Exited _,
          Command.Outcome.NotStarted _,
          Command.Outcome.TooMuchOutput _ ->
          new Answer.SessionError();
    };
  }

  /// A toast that stays for what is urgent.
  private static String toast(Texts texts, Urgency urgency) {
    var scenario = urgency == Urgency.CRITICAL ? " scenario=\"reminder\"" : "";
    return "<toast%s><visual><binding template=\"ToastGeneric\">".formatted(scenario)
        + text(texts.title())
        + text(texts.body())
        + text(texts.more())
        + "</binding></visual></toast>";
  }

  private static String text(String text) {
    return "<text>"
        + text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        + "</text>";
  }
}
