package dev.interdict.agent.platform.portable;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Where links lead, in the form that every other system's links have: slashes, and absolute from
/// the inspected root.
final class LinkTargets {
  private LinkTargets() {}

  /// @param root whose drive is the inspected one; a target on another drive stays as it is and so
  ///   leads nowhere
  static byte[] below(Path root, Path target) {
    var text = target.toString();
    var drive = root.getRoot();
    if (root.getFileSystem().getSeparator().equals("\\") && target.isAbsolute() && drive != null) {
      text = target.startsWith(drive) ? "/" + drive.relativize(target) : text;
    }
    return text.replace(root.getFileSystem().getSeparator(), "/").getBytes(StandardCharsets.UTF_8);
  }
}
