// Debian's liblapack-dev brings no C header. These are the Fortran routines that LinearAlgebra
// calls; every character argument has a hidden length at the end of the list.
#pragma once
#include <stddef.h>

/// Cholesky factor of a symmetric positive definite matrix.
void dpotrf_(const char *uplo, const int *n, double *a, const int *lda, int *info,
             size_t uplo_length);

/// Solves A x = b with the factor that dpotrf made.
void dpotrs_(const char *uplo, const int *n, const int *nrhs, const double *a, const int *lda,
             double *b, const int *ldb, int *info, size_t uplo_length);

/// Inverse of A with the factor that dpotrf made.
void dpotri_(const char *uplo, const int *n, double *a, const int *lda, int *info,
             size_t uplo_length);
