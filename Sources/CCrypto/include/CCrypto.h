/*
 * The door to SHA-256 of the system's cryptographic library: CommonCrypto on
 * Apple systems, else OpenSSL's libcrypto (3 or 1.1), which is opened on first
 * use so that a start which hashes nothing does not pay for loading it.
 */
#ifndef LOUYU_CCRYPTO_H
#define LOUYU_CCRYPTO_H

#include <stddef.h>

#define CCRYPTO_SHA256_SIZE 32

typedef struct ccrypto_sha256 ccrypto_sha256;

/* A hash of nothing yet; NULL where the library is missing or memory is out. */
ccrypto_sha256 *ccrypto_sha256_new(void);

/* Adds bytes; 1 on success, 0 on failure. */
int ccrypto_sha256_update(ccrypto_sha256 *hash, const void *bytes, size_t count);

/* Writes the digest; 1 on success, 0 on failure. Once. */
int ccrypto_sha256_finish(ccrypto_sha256 *hash, unsigned char digest[CCRYPTO_SHA256_SIZE]);

void ccrypto_sha256_free(ccrypto_sha256 *hash);

#endif
