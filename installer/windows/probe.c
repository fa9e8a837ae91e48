/* For tests only: looks at the windows of a program, sends what Windows sends at the end of a session, and holds
   programs and files as a busy PC does. Never shipped.

     probe windows EXE            a line for each visible top window: left top right bottom class|title
     probe end-session EXE        asks and tells all top windows; prints the milliseconds that it took
     probe wake EXE               tells that the PC went to sleep and woke up
     probe kill EXE               as Windows does at the end of a session
     probe suspend EXE            makes a program hang
     probe resume EXE             lets it go on
     probe hold FILE SECONDS      a file in use; prints "held" when it is */
#include <windows.h>
#include <tlhelp32.h>
#include <stdio.h>
#include <wchar.h>

static DWORD wanted[64];
static int count;
static const wchar_t *mode;
static LRESULT refused;

static void find(const wchar_t *name)
{
    PROCESSENTRY32W entry = {.dwSize = sizeof entry};
    HANDLE list = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
    for (BOOL more = Process32FirstW(list, &entry); more && count < 64; more = Process32NextW(list, &entry))
        if (!_wcsicmp(entry.szExeFile, name) && entry.th32ProcessID != GetCurrentProcessId())
            wanted[count++] = entry.th32ProcessID;
    CloseHandle(list);
}

static BOOL is_wanted(HWND window)
{
    DWORD process = 0;
    GetWindowThreadProcessId(window, &process);
    for (int i = 0; i < count; i++)
        if (wanted[i] == process) return TRUE;
    return FALSE;
}

static void say(const wchar_t *text)
{
    char utf8[4096];
    int length = WideCharToMultiByte(CP_UTF8, 0, text, -1, utf8, sizeof utf8, NULL, NULL);
    if (length > 1) fwrite(utf8, 1, length - 1, stdout);
}

static BOOL CALLBACK each(HWND window, LPARAM unused)
{
    DWORD_PTR answer = 1;
    (void)unused;
    if (!is_wanted(window)) return TRUE;
    if (!wcscmp(mode, L"windows")) {
        RECT at;
        wchar_t kind[256] = L"", title[1024] = L"", line[1400];
        if (!IsWindowVisible(window)) return TRUE;
        GetWindowRect(window, &at);
        GetClassNameW(window, kind, 256);
        GetWindowTextW(window, title, 1024);
        swprintf(line, 1400, L"%ld %ld %ld %ld %ls|%ls\n", at.left, at.top, at.right, at.bottom, kind, title);
        say(line);
    } else if (!wcscmp(mode, L"query")) {
        if (SendMessageTimeoutW(window, WM_QUERYENDSESSION, 0, 0, SMTO_NORMAL, 5000, &answer) && !answer) refused++;
    } else if (!wcscmp(mode, L"end")) {
        SendMessageTimeoutW(window, WM_ENDSESSION, TRUE, 0, SMTO_NORMAL, 5000, &answer);
    } else {
        SendMessageTimeoutW(window, WM_POWERBROADCAST, PBT_APMSUSPEND, 0, SMTO_NORMAL, 5000, &answer);
        SendMessageTimeoutW(window, WM_POWERBROADCAST, PBT_APMRESUMEAUTOMATIC, 0, SMTO_NORMAL, 5000, &answer);
    }
    return TRUE;
}

typedef LONG(NTAPI *nt_process)(HANDLE);

int wmain(int argc, wchar_t **argv)
{
    if (argc < 3) return 2;
    mode = argv[1];
    if (!wcscmp(mode, L"hold")) {
        /* No share for deletion: neither it nor, on Windows, its folder can be renamed. */
        HANDLE file = CreateFileW(argv[2], GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
        if (file == INVALID_HANDLE_VALUE) return 1;
        say(L"held\n");
        fflush(stdout);
        Sleep(1000 * _wtoi(argv[3]));
        CloseHandle(file);
        return 0;
    }
    find(argv[2]);
    if (!count) return 3;
    if (!wcscmp(mode, L"kill") || !wcscmp(mode, L"suspend") || !wcscmp(mode, L"resume")) {
        HMODULE nt = GetModuleHandleW(L"ntdll.dll");
        const char *name = mode[0] == L's' ? "NtSuspendProcess" : "NtResumeProcess";
        nt_process change = (nt_process)(void *)GetProcAddress(nt, name);
        HANDLE process = OpenProcess(PROCESS_TERMINATE | PROCESS_SUSPEND_RESUME, FALSE, wanted[0]);
        if (!process) return 1;
        if (mode[0] == L'k') return !TerminateProcess(process, 1);
        return change(process) < 0;
    }
    if (wcscmp(mode, L"end-session")) return !EnumWindows(each, 0);
    DWORD began = GetTickCount();
    mode = L"query";
    EnumWindows(each, 0);
    mode = L"end";
    if (!refused) EnumWindows(each, 0);
    printf("%lu\n", (unsigned long)(GetTickCount() - began));
    return refused ? 4 : 0;
}
