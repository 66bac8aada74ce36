package dev.interdict.agent.notice;

/// The seam to a channel on which people can be told something.
public interface Notifier {

  /// Tries to show `notice` and says what came of it; bounded in time, never throws for what a
  /// session or a device does.
  Receipt show(Notice notice);
}
