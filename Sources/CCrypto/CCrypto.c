#include "CCrypto.h"

#include <stdlib.h>

#if defined(__APPLE__)

#include <CommonCrypto/CommonDigest.h>

struct ccrypto_sha256 {
    CC_SHA256_CTX context;
};

ccrypto_sha256 *ccrypto_sha256_new(void) {
    ccrypto_sha256 *hash = malloc(sizeof *hash);
    if (hash) CC_SHA256_Init(&hash->context);
    return hash;
}

int ccrypto_sha256_update(ccrypto_sha256 *hash, const void *bytes, size_t count) {
    const size_t step = (size_t)1 << 30;
    const unsigned char *next = bytes;
    while (count > 0) {
        const size_t part = count < step ? count : step;
        CC_SHA256_Update(&hash->context, next, (CC_LONG)part);
        next += part;
        count -= part;
    }
    return 1;
}

int ccrypto_sha256_finish(ccrypto_sha256 *hash, unsigned char digest[CCRYPTO_SHA256_SIZE]) {
    return CC_SHA256_Final(digest, &hash->context);
}

void ccrypto_sha256_free(ccrypto_sha256 *hash) { free(hash); }

#else

#include <Doors.h>
#include <pthread.h>

struct ccrypto_sha256 {
    void *context;
};

/* OpenSSL's EVP functions; the same since 1.1. */
static struct {
    void *(*context_new)(void);
    void (*context_free)(void *);
    const void *(*sha256)(void);
    int (*init)(void *, const void *, void *);
    int (*update)(void *, const void *, size_t);
    int (*final)(void *, unsigned char *, unsigned int *);
} evp;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int is_loaded = 0;

static void load(void) {
    static const char *const names[] = {"libcrypto.so.3", "libcrypto.so.1.1", "libcrypto.so", NULL};
    door_reason reason;
    void *library = door_library(names, &reason);
    if (!library) return;
    *(void **)&evp.context_new = door_function(library, "libcrypto", "EVP_MD_CTX_new", &reason);
    *(void **)&evp.context_free = door_function(library, "libcrypto", "EVP_MD_CTX_free", &reason);
    *(void **)&evp.sha256 = door_function(library, "libcrypto", "EVP_sha256", &reason);
    *(void **)&evp.init = door_function(library, "libcrypto", "EVP_DigestInit_ex", &reason);
    *(void **)&evp.update = door_function(library, "libcrypto", "EVP_DigestUpdate", &reason);
    *(void **)&evp.final = door_function(library, "libcrypto", "EVP_DigestFinal_ex", &reason);
    is_loaded = evp.context_new && evp.context_free && evp.sha256 && evp.init && evp.update && evp.final;
}

ccrypto_sha256 *ccrypto_sha256_new(void) {
    pthread_once(&once, load);
    if (!is_loaded) return NULL;
    ccrypto_sha256 *hash = malloc(sizeof *hash);
    if (!hash) return NULL;
    hash->context = evp.context_new();
    if (!hash->context || evp.init(hash->context, evp.sha256(), NULL) != 1) {
        ccrypto_sha256_free(hash);
        return NULL;
    }
    return hash;
}

int ccrypto_sha256_update(ccrypto_sha256 *hash, const void *bytes, size_t count) {
    return evp.update(hash->context, bytes, count) == 1;
}

int ccrypto_sha256_finish(ccrypto_sha256 *hash, unsigned char digest[CCRYPTO_SHA256_SIZE]) {
    unsigned int size = 0;
    return evp.final(hash->context, digest, &size) == 1 && size == CCRYPTO_SHA256_SIZE;
}

void ccrypto_sha256_free(ccrypto_sha256 *hash) {
    if (!hash) return;
    if (hash->context) evp.context_free(hash->context);
    free(hash);
}

#endif
