/* The program's two executables: OtimoTray.exe (windowed) and, with CONSOLE defined, its twin otimo-tray.exe.

   Each loads app\python313.dll from beside itself and runs the package in its own process, so that the task
   manager, the firewall and the shortcut see Ótimo Tray and not a "python.exe". What the installer needs before
   or without Python is here too:

     --quit-from DIR SECONDS    asks every program started from DIR to end and waits; 0 all ended, 3 some did not
     --make-shortcut FILE.lnk   a shortcut to this program that carries the application id (toasts need it)
     --forget-secrets           removes the program's entries from the Credential Manager
     --self-test …              the same as the command self-test                                              */
#define COBJMACROS
#define INITGUID
#include <windows.h>
#include <propkey.h>
#include <propsys.h>
#include <shlobj.h>
#include <tlhelp32.h>
#include <wincred.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#define APP_ID L"OtimoGestor.OtimoTray"
#define NAME L"\u00d3timo Tray"
#define SECRETS L"Otimo Tray "
#define LONGEST 32768

typedef int (*py_main)(int, wchar_t **);
typedef int (*py_interrupt)(int);

static wchar_t exe[LONGEST], folder[LONGEST], path[LONGEST];
static DWORD main_thread;
static py_interrupt interrupt;

/* The name of the event that asks the programs of one folder to end; another folder's go on. */
static void quit_name(const wchar_t *of, wchar_t name[64])
{
    wchar_t *upper = _wcsdup(of);
    unsigned long long hash = 14695981039346656037ULL;
    size_t length = wcslen(upper);
    while (length && (upper[length - 1] == L'\\' || upper[length - 1] == L'/')) upper[--length] = 0;
    CharUpperBuffW(upper, (DWORD)length);
    for (size_t i = 0; i < length; i++) hash = (hash ^ upper[i]) * 1099511628211ULL;
    swprintf(name, 64, L"Local\\OtimoTray-quit-%08x%08x", (unsigned)(hash >> 32), (unsigned)hash);
    free(upper);
}

/* Waits until somebody wants this program to end, then asks it until it has. */
static DWORD WINAPI listen_for_quit(void *unused)
{
    (void)unused;
    wchar_t name[64];
    quit_name(folder, name);
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, name);
    if (!event || WaitForSingleObject(event, INFINITE) != WAIT_OBJECT_0) return 0;
    for (;;) {
#ifdef CONSOLE
        if (interrupt) interrupt(2); /* SIGINT: what Ctrl-C does */
#else
        PostThreadMessageW(main_thread, WM_QUIT, 0, 0); /* Qt ends its loop as if the menu's Sair was chosen */
#endif
        Sleep(500);
    }
}

/* Counts the other programs started from a folder (or one of its subfolders). */
static int running_from(const wchar_t *of)
{
    int count = 0;
    size_t length = wcslen(of);
    PROCESSENTRY32W entry = {.dwSize = sizeof entry};
    HANDLE list = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
    if (list == INVALID_HANDLE_VALUE) return 0;
    for (BOOL more = Process32FirstW(list, &entry); more; more = Process32NextW(list, &entry)) {
        if (entry.th32ProcessID == GetCurrentProcessId()) continue;
        if (_wcsicmp(entry.szExeFile, L"OtimoTray.exe") && _wcsicmp(entry.szExeFile, L"otimo-tray.exe")) continue;
        HANDLE process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, entry.th32ProcessID);
        DWORD size = LONGEST;
        if (!process) continue;
        if (QueryFullProcessImageNameW(process, 0, path, &size) && !_wcsnicmp(path, of, length) && path[length] == L'\\'
            && !wcschr(path + length + 1, L'\\'))
            count++;
        CloseHandle(process);
    }
    CloseHandle(list);
    return count;
}

static int quit_from(wchar_t *of, int seconds)
{
    wchar_t name[64];
    size_t length = wcslen(of);
    while (length && of[length - 1] == L'\\') of[--length] = 0;
    quit_name(of, name);
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, name);
    if (!event) return 3;
    SetEvent(event);
    int left = 0;
    for (int tenths = 0; (left = running_from(of)) && tenths < seconds * 10; tenths++) Sleep(100);
    ResetEvent(event);
    return left ? 3 : 0;
}

static int make_shortcut(const wchar_t *file)
{
    IShellLinkW *link = NULL;
    IPropertyStore *store = NULL;
    IPersistFile *persist = NULL;
    PROPVARIANT id = {.vt = VT_LPWSTR, .pwszVal = (wchar_t *)APP_ID};
    CoInitialize(NULL);
    HRESULT done = CoCreateInstance(&CLSID_ShellLink, NULL, CLSCTX_INPROC_SERVER, &IID_IShellLinkW, (void **)&link);
    swprintf(path, LONGEST, L"%ls\\OtimoTray.exe", folder);
    if (SUCCEEDED(done)) done = IShellLinkW_SetPath(link, path);
    if (SUCCEEDED(done)) done = IShellLinkW_SetWorkingDirectory(link, folder);
    if (SUCCEEDED(done)) done = IShellLinkW_QueryInterface(link, &IID_IPropertyStore, (void **)&store);
    if (SUCCEEDED(done)) done = IPropertyStore_SetValue(store, &PKEY_AppUserModel_ID, &id);
    if (SUCCEEDED(done)) done = IPropertyStore_Commit(store);
    if (SUCCEEDED(done)) done = IShellLinkW_QueryInterface(link, &IID_IPersistFile, (void **)&persist);
    if (SUCCEEDED(done)) done = IPersistFile_Save(persist, file, TRUE);
    return SUCCEEDED(done) ? 0 : 1;
}

static int forget_secrets(void)
{
    DWORD count = 0;
    PCREDENTIALW *found = NULL;
    int failed = 0;
    if (!CredEnumerateW(NULL, 0, &count, &found)) return GetLastError() == ERROR_NOT_FOUND ? 0 : 1;
    for (DWORD i = 0; i < count; i++) {
        const wchar_t *name = found[i]->TargetName;
        /* Earlier versions left what was written over as NAME@Otimo Tray. */
        BOOL ours = !wcsncmp(name, SECRETS, wcslen(SECRETS)) || wcsstr(name, L"@" SECRETS);
        if (ours && found[i]->Type == CRED_TYPE_GENERIC && !CredDeleteW(name, CRED_TYPE_GENERIC, 0)) failed = 1;
    }
    CredFree(found);
    return failed;
}

static int damaged(void)
{
    static const wchar_t text[] =
        L"A instala\u00e7\u00e3o est\u00e1 incompleta: app\\python313.dll n\u00e3o abre. Instale o " NAME
        L" outra vez; as configura\u00e7\u00f5es e os dados ficam.\n\n"
        L"The installation is damaged: app\\python313.dll does not load. Please install " NAME
        L" again; settings and data stay.";
#ifdef CONSOLE
    fwprintf(stderr, L"%ls\n", text);
#else
    MessageBoxW(NULL, text, NAME, MB_ICONERROR);
#endif
    return 70;
}

static int start(int argc, wchar_t **given)
{
    GetModuleFileNameW(NULL, exe, LONGEST);
    wcscpy(folder, exe);
    wchar_t *slash = wcsrchr(folder, L'\\');
    if (slash) *slash = 0;
    if (argc == 4 && !wcscmp(given[1], L"--quit-from")) return quit_from(given[2], _wtoi(given[3]));
    if (argc == 3 && !wcscmp(given[1], L"--make-shortcut")) return make_shortcut(given[2]);
    if (argc == 2 && !wcscmp(given[1], L"--forget-secrets")) return forget_secrets();

    SetCurrentProcessExplicitAppUserModelID(APP_ID);
    swprintf(path, LONGEST, L"%ls\\app\\python313.dll", folder);
    HMODULE python = LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    py_main run = python ? (py_main)(void *)GetProcAddress(python, "Py_Main") : NULL;
    if (!run) return damaged();
    interrupt = (py_interrupt)(void *)GetProcAddress(python, "PyErr_SetInterruptEx");
    main_thread = GetCurrentThreadId();
    CreateThread(NULL, 0, listen_for_quit, NULL, 0, NULL);

    wchar_t **argv = calloc((size_t)argc + 6, sizeof *argv);
    int n = 0;
    argv[n++] = exe;
    argv[n++] = (wchar_t *)L"-X";
    argv[n++] = (wchar_t *)L"utf8"; /* pipes and files are UTF-8, whatever the code page */
    argv[n++] = (wchar_t *)L"-m";
    argv[n++] = (wchar_t *)L"otimo_tray";
    for (int i = 1; i < argc; i++)
        argv[n++] = !wcscmp(given[i], L"--self-test") ? (wchar_t *)L"self-test" : given[i];
    return run(n, argv);
}

#ifdef CONSOLE
int wmain(int argc, wchar_t **argv)
{
    /* PowerShell decodes what it captures by the console's code page; the caller gets its own back. */
    UINT output = GetConsoleOutputCP(), input = GetConsoleCP();
    SetConsoleOutputCP(CP_UTF8);
    SetConsoleCP(CP_UTF8);
    int code = start(argc, argv);
    if (output) SetConsoleOutputCP(output);
    if (input) SetConsoleCP(input);
    return code;
}
#else
int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, LPWSTR line, int show)
{
    (void)instance, (void)before, (void)line, (void)show;
    return start(__argc, __wargv);
}
#endif
