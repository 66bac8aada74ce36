package dev.interdict.agent.platform.windows.kernel;

import com.sun.jna.Native;
import com.sun.jna.Pointer;

/// The calls of kernel32 that are made, bound by JNA direct mapping; an answer of 0 is an error
/// whose number [Native#getLastError] has.
final class Kernel32 {
  static {
    Native.register(Kernel32.class, "kernel32");
  }

  private Kernel32() {}

  static native int CloseHandle(Pointer handle);

  static native Pointer CreateFileW(
      char[] path,
      int access,
      int share,
      Pointer security,
      int disposition,
      int flags,
      Pointer template);

  static native int GetFileInformationByHandleEx(
      Pointer handle, int kind, Pointer into, int length);

  static native int ReadFile(
      Pointer file, Pointer into, int length, int[] read, Pointer overlapped);

  static native int WriteFile(
      Pointer file, byte[] from, int length, int[] written, Pointer overlapped);

  static native int FlushFileBuffers(Pointer file);

  static native int DeviceIoControl(
      Pointer handle,
      int code,
      Pointer in,
      int inLength,
      Pointer out,
      int outLength,
      int[] returned,
      Pointer overlapped);

  static native Pointer LocalFree(Pointer memory);

  static native Pointer GetCurrentProcess();

  static native int SetProcessMitigationPolicy(int policy, int[] flags, long length);

  static native int GetProcessMitigationPolicy(
      Pointer process, int policy, int[] flags, long length);

  static native Pointer OpenProcess(int access, int inherit, int pid);

  static native int K32EnumProcesses(int[] pids, int bytes, int[] needed);

  static native int GetProcessTimes(
      Pointer process, long[] creation, long[] exit, long[] kernel, long[] user);

  static native int QueryFullProcessImageNameW(
      Pointer process, int flags, char[] name, int[] length);

  static native int TerminateProcess(Pointer process, int code);

  static native int WaitForSingleObject(Pointer handle, int milliseconds);

  static native Pointer OpenFileById(
      Pointer volumeHint, Pointer id, int access, int share, Pointer security, int flags);

  static native long GetTickCount64();

  static native int GetSystemWindowsDirectoryW(char[] into, int length);
}
