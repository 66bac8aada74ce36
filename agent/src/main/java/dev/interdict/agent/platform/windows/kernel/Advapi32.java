package dev.interdict.agent.platform.windows.kernel;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;

/// Owners and access lists, bound by JNA direct mapping.
final class Advapi32 {
  static {
    Native.register(Advapi32.class, "advapi32");
  }

  private Advapi32() {}

  /// Answers 0, or an error's number.
  static native int GetSecurityInfo(
      Pointer handle,
      int type,
      int what,
      PointerByReference owner,
      Pointer group,
      Pointer dacl,
      Pointer sacl,
      PointerByReference descriptor);

  /// Answers 0, or an error's number.
  static native int SetSecurityInfo(
      Pointer handle, int type, int what, Pointer owner, Pointer group, Pointer dacl, Pointer sacl);

  static native int ConvertSidToStringSidW(Pointer sid, PointerByReference text);

  static native int ConvertStringSidToSidW(char[] text, PointerByReference sid);

  static native int ConvertSecurityDescriptorToStringSecurityDescriptorW(
      Pointer descriptor, int revision, int what, PointerByReference text, Pointer length);

  static native int ConvertStringSecurityDescriptorToSecurityDescriptorW(
      char[] text, int revision, PointerByReference descriptor, Pointer length);

  static native int OpenProcessToken(Pointer process, int access, PointerByReference token);

  static native int LookupPrivilegeValueW(Pointer system, char[] name, long[] luid);

  static native int AdjustTokenPrivileges(
      Pointer token, int none, Pointer privileges, int length, Pointer before, Pointer returned);
}
